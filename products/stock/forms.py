"""One number each: a new price, a new count; with the number the person saw, so that nothing is overwritten."""

from typing import Any

from wtforms import HiddenField, RadioField
from wtforms.fields import SelectChoice

from products.reading import readings
from shop.core.formats import show_money, show_words
from shop.core.forms import Form, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l


class PriceForm(Form):
    """The new price in đồng; 1.250 is asked back, an unusual one too."""

    expected = HiddenField()
    price_ok = HiddenField()
    price = PlainTextField(_l("New price"), [Needed(_l("Enter the price in digits, for example 45,000"))])
    price_meant = RadioField(_l("Which price is meant?"), validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.price_meant.choices = [
            SelectChoice(str(amount), f"{show_money(amount)} ({show_words(amount)})")
            for amount in readings(self.price.data or "") or ()
        ]


class CountForm(Form):
    """How many packs there are."""

    expected = HiddenField()
    on_hand = PlainTextField(_l("How many you have now"), [Needed(_l("Enter how many you have now, for example 20"))])


class LowLineForm(Form):
    """How few packs are few."""

    low_at = PlainTextField(_l("Running low at"), [Needed(_l("Enter a number of packs, for example 5"))])


def expected(text: str | None, present: int) -> int:
    """Return the number the page showed; what is no number is what is there now, so that the form stays usable."""
    plain = text or ""
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 16 else present
