"""What a member says at each step of an order."""

from collections.abc import Iterable
from typing import Any

from wtforms import HiddenField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from shop.core.forms import AtMost, Form, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l
from shop.orders.changes.policies import Now, fingerprint
from shop.orders.models import Order


class PlainForm(Form):
    """Nothing to say: one button."""


class PackForm(Form):
    """Every line ticked when it is in the parcel."""

    packed = SelectMultipleField(
        _l("In the parcel"), widget=ListWidget(), option_widget=CheckboxInput(), validate_choice=False
    )

    seen = HiddenField()  # the fingerprint of the order as the page showed it

    def offer(self, order: Order, lines: Iterable[Now], words: Any) -> None:
        """List what is sent of the lines of an order; `words` says one line."""
        now = [one for one in lines if one.packs]
        self.fingerprint = fingerprint(now, order.to_collect)
        sent = [words(one.line, one.packs) for one in now]
        self.packed.choices = [SelectChoice(str(place), said) for place, said in enumerate(sent)]

    def validate_packed(self, field: Any) -> None:
        """Nothing is left on the table; what was ticked on an older list is for the service to refuse."""
        if self.seen.data and self.seen.data != self.fingerprint:
            return
        if set(field.data or ()) != {choice.value for choice in field.choices}:
            raise ValidationError(_l("Tick every line when it is in the parcel."))


class HandOverForm(Form):
    """Who carries it, and under which number."""

    carrier = PlainTextField(
        _l("Carrier"), [Needed(_l("Enter who carries it, for example the bus or the post")), AtMost(80)]
    )
    tracking = PlainTextField(_l("Tracking number or plate"), [AtMost(60)])


class ReasonForm(Form):
    """Why it ends; the buyer reads it."""

    reason = PlainTextField(_l("Reason, the buyer reads it"), [Needed(_l("Enter the reason")), AtMost(200)])


FORMS: dict[str, type[Form]] = {
    "acceptance": PlainForm,
    "packing": PackForm,
    "hand-over": HandOverForm,
    "delivery": PlainForm,
    "refusal": ReasonForm,
    "cancellation": ReasonForm,
}
