"""What each line of an order weighs."""

from collections.abc import Callable, Iterable
from typing import Any

from products.packs import BadAmount, parse_amount
from shop.core.forms import Form, Needed, ParsedField
from shop.core.i18n import lazy_gettext as _l
from shop.orders.changes.policies import Now


class GramsField(ParsedField):
    """A weight as scales show it (1,85 kg; 1850 g; 1,85 alone is kilograms); `.data` is whole grams."""

    def parsed(self, typed: str) -> int:
        """Return the grams; ValueError with a sentence."""
        for text in (typed, f"{typed} kg"):
            try:
                return parse_amount(text, "g")
            except BadAmount:
                continue
        raise ValueError(_l("Enter what the scales say, for example 1.85 kg or 1850 g"))


class WeighingForm(Form):
    """The weights; `weighing_form` adds a field for each line."""

    lines: dict[str, Now]

    @property
    def grams(self) -> dict[int, int]:
        """What each line weighs, all its packs together, by its id."""
        return {now.line.id: self[name].data for name, now in self.lines.items()}


def weighing_form(found: Iterable[Now], words: Callable[[Now], str]) -> type[WeighingForm]:
    """Return the form for the lines of an order that are to be weighed; `words` names one."""
    lines = {f"grams{now.line.id}": now for now in found}
    needed = Needed(_l("Weigh it and enter what the scales say"))
    fields: dict[str, Any] = {name: GramsField(words(now), [needed]) for name, now in lines.items()}
    return type("WeighingOfOrder", (WeighingForm,), fields | {"lines": lines})
