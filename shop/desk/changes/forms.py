"""How many packs there are of each line of an order."""

from collections.abc import Callable, Iterable
from typing import Any

from wtforms import BooleanField

from shop.core.forms import AtMost, CountField, Form, Needed, PlainTextField
from shop.core.i18n import lazy_gettext as _l
from shop.orders.changes.policies import Now


class ShortForm(Form):
    """What is missing; `short_form` adds a number for each line."""

    gone = BooleanField(_l("There is no more of it: stop selling it"))
    note = PlainTextField(_l("A word to the buyer"), [AtMost(200)])

    lines: dict[str, Now]

    @property
    def there(self) -> dict[int, int]:
        """The packs there are, by the id of the line."""
        return {now.line.id: self[name].data for name, now in self.lines.items()}


def short_form(found: Iterable[Now], words: Callable[[Now], str]) -> type[ShortForm]:
    """Return the form for these lines of an order; `words` names one."""
    lines = {f"packs{place}": now for place, now in enumerate(found)}
    needed = Needed(_l("Enter how many there are, 0 for none"))
    fields: dict[str, Any] = {name: CountField(words(now), [needed], default=now.packs) for name, now in lines.items()}
    return type("ShortOfOrder", (ShortForm,), fields | {"lines": lines})
