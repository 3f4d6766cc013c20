"""What a manager says of cash that a carrier paid in."""

from wtforms import SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from shop.core.forms import AtMost, Form, MoneyField, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class PayInForm(Form):
    """Which orders of one carrier, how much came, and why less where it is less."""

    orders = SelectMultipleField(
        _l("Which orders is it for?"),
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    came = MoneyField(_l("How much came"), [Needed(_l("Enter how much came, for example 1.250.000"))])
    reference = PlainTextField(_l("The bank's or the carrier's number"), [AtMost(60)])
    because = PlainTextField(_l("Why less came"), [AtMost(120)])
