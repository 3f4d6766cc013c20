"""A sale in three answers: how much, from when, until when."""

from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice

from products.reading import readings
from shop.core.formats import show_money, show_words
from shop.core.forms import DayField, Form, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l

_DAY = _l("Enter the day like this: 16/2/2027")


class SaleForm(Form):
    """The lower price and its days; 1.250 is asked back, less than half of the usual price too."""

    deep_ok = HiddenField()
    price = PlainTextField(_l("Sale price"), [Needed(_l("Enter the price in digits, for example 45,000"))])
    price_meant = RadioField(_l("Which price is meant?"), validate_choice=False)
    starts_on = DayField(_l("First day"), [Needed(_DAY)])
    ends_on = DayField(_l("Last day"), [Needed(_DAY)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.price_meant.choices = [
            SelectChoice(str(amount), f"{show_money(amount)} ({show_words(amount)})")
            for amount in readings(self.price.data or "") or ()
        ]

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day, of a form that was accepted."""
        assert self.starts_on.data
        assert self.ends_on.data
        return self.starts_on.data, self.ends_on.data
