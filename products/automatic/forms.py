"""The admin's form for a new rule."""

from typing import Any

from wtforms import HiddenField, IntegerField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from products.automatic.models import LIMITS
from products.fields import LABELS
from products.lowrisk import FIELDS
from shop.core.forms import AtMost, Form, Needed, PlainTextField
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l

_TICKED = {"option_widget": CheckboxInput(), "widget": ListWidget(prefix_label=False)}


class NumberField(IntegerField):
    """A whole number within the limits of its condition."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; anything else than a number of the limits gets one sentence for all of it."""
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len("10000") else None

    def pre_validate(self, _form: Any) -> None:
        """Refuse what lies outside of the limits."""
        low, high = LIMITS[self.name]
        if self.data is None or not low <= self.data <= high:
            raise ValidationError(_("Enter a number from %(low)s to %(high)s.", low=low, high=high))


class RuleForm(Form):
    """What the rule approves, and the trust it asks for; as it opens, it asks for a lot."""

    name = PlainTextField(_l("Name of the rule"), [Needed(_l("Give the rule a name.")), AtMost(80)])
    fields = SelectMultipleField(
        _l("Fields it may approve"),
        [Needed(_l("Choose at least one field."))],
        choices=[SelectChoice(field, LABELS[field]) for field in FIELDS],
        **_TICKED,
    )
    approvals = NumberField(_l("Approved by officers, at least"), default=10)
    days = NumberField(_l("Days on the market, at least"), default=90)
    recent = NumberField(_l("Decisions to look back at"), default=20)
    returned_percent = NumberField(_l("Sent back of these, at most"), default=5)
    quiet_days = NumberField(_l("Days without question or suspension"), default=30)
    per_day = NumberField(_l("Changes a seller a day, at most"), default=5)
    communes = SelectMultipleField(_l("Only these communes"), **_TICKED)
    seen = HiddenField()  # what the preview said: another rule is shown again before it is made

    @property
    def conditions(self) -> dict[str, int]:
        """The numbers, by the names of `models.LIMITS`."""
        return {name: self[name].data for name in LIMITS}
