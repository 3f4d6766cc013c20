"""Which number, and why."""

from shop.core.forms import AtMost, Form, Needed, PhoneField, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class LiftForm(Form):
    """What the officer knows of the buyer."""

    phone = PhoneField(_l("Phone number"), [Needed(_l("Enter a phone number, for example 0912 345 678"))])
    because = PlainTextField(_l("Why cash is offered again"), [Needed(_l("Enter the reason")), AtMost(200)])
