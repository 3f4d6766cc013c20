"""How many packs there are of each line of an order, and what is sent instead."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wtforms import BooleanField, SelectField
from wtforms.fields import SelectChoice
from wtforms.validators import ValidationError

from products.packs import pack_text
from shop.cart.view import Line
from shop.core.formats import show_money
from shop.core.forms import AtMost, CountField, Form, Needed, PlainTextField
from shop.core.i18n import current_language, ngettext
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.orders.changes.policies import Now
from shop.orders.changes.substitutes import Instead

NOTHING = SelectChoice("", _l("Nothing instead"))


class ShortForm(Form):
    """What is missing; `short_form` adds a number for each line, and what may be sent instead of it."""

    gone = BooleanField(_l("There is no more of it: stop selling it"))
    note = PlainTextField(_l("A word to the buyer"), [AtMost(200)])

    lines: dict[str, Now]

    @property
    def there(self) -> dict[int, int]:
        """The packs there are, by the id of the line."""
        return {now.line.id: self[name].data for name, now in self.lines.items()}

    @property
    def instead(self) -> dict[int, Instead]:
        """What is offered in place of a line, by its id."""
        return {
            now.line.id: Instead(goods.data, number.data or 0)
            for now, goods, number in self._offers()
            if goods.data or number.data
        }

    @property
    def opened(self) -> set[int]:
        """The ids of lines for which something instead was typed."""
        return {now.line.id for now, goods, number in self._offers() if goods.data or any(number.raw_data or ())}

    def _offers(self) -> Iterable[tuple[Now, Any, Any]]:
        offered = (now for now in self.lines.values() if f"instead{now.line.id}" in self)
        return ((now, self[f"instead{now.line.id}"], self[f"packs_instead{now.line.id}"]) for now in offered)


def short_form(found: Iterable[Now], words: Callable[[Now], str], goods: Sequence[Line]) -> type[ShortForm]:
    """Return the form for these lines of an order; `words` names one, `goods` may be sent instead."""
    lines = {f"packs{place}": now for place, now in enumerate(found)}
    needed = Needed(_l("Enter how many there are, 0 for none"))
    fields: dict[str, Any] = {name: CountField(words(now), [needed], default=now.packs) for name, now in lines.items()}
    for now in lines.values() if goods else ():
        key = now.line.id
        fields[f"instead{key}"] = SelectField(
            _l("Goods to send instead"), [_named], choices=[NOTHING, *map(_choice, goods)], validate_choice=False
        )
        fields[f"packs_instead{key}"] = CountField(_l("How many packs of them"))
    return type("ShortOfOrder", (ShortForm,), fields | {"lines": lines})


def _choice(goods: Line) -> SelectChoice:
    pack = pack_text(goods.pack_word, goods.pack_amount, current_language())
    left = ngettext("%(num)s pack left", "%(num)s packs left", goods.free)
    return SelectChoice(goods.sku_code, f"{goods.name}, {pack}: {show_money(goods.price)}, {left}")


def _named(form: Any, field: Any) -> None:
    """Say that a number alone names no goods."""
    if not field.data and form[f"packs_{field.name}"].data:
        raise ValidationError(_("Choose the goods to send instead"))
