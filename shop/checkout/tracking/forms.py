"""Finding an order again, and giving it up."""

from shop.core.forms import AtMost, Form, Needed, PhoneField, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class FindForm(Form):
    """The code of an order and the phone it was placed with."""

    code = PlainTextField(_l("Order code"), [Needed(_l("Enter the code, for example LC 4817 2063")), AtMost(40)])
    phone = PhoneField(_l("Phone number"), [Needed(_l("Enter a phone number, for example 0912 345 678"))])


class CancelForm(Form):
    """Why, if the buyer likes to say."""

    reason = PlainTextField(_l("Why, if you like to say"), [AtMost(200)])
