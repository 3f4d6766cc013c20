"""What the province paid: to whom, how much, and the bank's number."""

from wtforms import HiddenField

from shop.core.forms import AtMost, Form, MoneyField, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class PayoutForm(Form):
    """A transfer that was made; noted only when it is shown once more."""

    sure = HiddenField()
    amount = MoneyField(_l("Amount"), [Needed(_l("Enter the amount in digits, for example 450,000"))])
    reference = PlainTextField(
        _l("The bank's number of the transfer"), [Needed(_l("Enter the bank's number of the transfer")), AtMost(60)]
    )

    @property
    def said(self) -> str:
        """What has to be said again to be sure."""
        return f"{self.amount.data} {self.reference.data}"
