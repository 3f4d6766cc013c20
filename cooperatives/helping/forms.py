"""The helper's forms: whom to find, what to ask for."""

from typing import Any

from wtforms import RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from cooperatives.helping.models import Scope
from cooperatives.helping.scopes import SCOPE_NAMES
from shop.core.forms import Form, Needed, PhoneField
from shop.core.i18n import lazy_gettext as _l

MONTHS: dict[str, Any] = {"12": _l("12 months"), "6": _l("6 months"), "3": _l("3 months"), "1": _l("1 month")}


class FindForm(Form):
    """The number that a seller's manager signs in with."""

    phone = PhoneField(_l("Phone number of the seller"), [Needed(_l("Enter the phone number of the person."))])


class AskForm(Form):
    """What the helper asks to do, and for how long."""

    scopes = SelectMultipleField(
        _l("What you will help with"),
        [Needed(_l("Choose what you will help with."))],
        choices=[SelectChoice(scope.value, name) for scope, name in SCOPE_NAMES.items()],
        default=[scope.value for scope in Scope],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    months = RadioField(
        _l("For how long"),
        [Needed(_l("Choose how long."))],
        choices=[SelectChoice(months, name) for months, name in MONTHS.items()],
        default="12",
    )
