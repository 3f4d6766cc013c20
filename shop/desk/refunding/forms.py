"""What a manager says when money goes back for something that is wrong with the goods."""

from typing import Any

from wtforms import HiddenField, RadioField

from shop.core.forms import AtMost, Form, MoneyField, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class GiveBackForm(Form):
    """For which line, how much, why; by hand also how it was given."""

    line = RadioField(_l("For what?"), [Needed(_l("Choose the goods"))])
    amount = MoneyField(_l("How much goes back"), [Needed(_l("Enter how much goes back, for example 50.000"))])
    why = PlainTextField(_l("Reason, the buyer reads it"), [Needed(_l("Enter the reason")), AtMost(200)])
    note = PlainTextField(_l("Given back already? Write when and how"), [AtMost(200)])
    number = HiddenField()  # which refund of this order it is: the same press twice is one

    def offer(self, choices: list[tuple[str, Any]]) -> None:
        """List what money can go back for, by place in the order."""
        self.line.choices = choices
        if len(choices) == 1 and self.line.data is None:
            self.line.data = choices[0][0]
