"""What came back from the grid: the cells that differ from what the page showed, and what is wrong with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from products.reading import price_of
from shop.core.errors import DomainError
from shop.core.formats import show_number
from shop.core.forms import stripped
from shop.core.quantity import parse_count

MOST_ROWS = 300  # of one page; a browser asked for more sends more than anybody changed by hand
PRICE, ON_HAND, ON_SALE = "price", "on_hand", "on_sale"


@dataclass
class Edit:
    """One row as it was shown and as it came back; cells that were not touched are None."""

    code: str
    seen: tuple[int, int, bool]  # price, on hand, on sale, as the page showed them
    typed: dict[str, str]  # what stands in the cells
    price_ok: str = ""  # the unusual price that was confirmed
    price: int | None = None
    on_hand: int | None = None
    on_sale: bool | None = None
    wrong: dict[str, Any] = field(default_factory=dict)  # cell -> sentence

    @property
    def changed(self) -> bool:
        """True where somebody changed a cell, also where it cannot be read."""
        return bool(self.wrong) or any(cell is not None for cell in (self.price, self.on_hand, self.on_sale))


def shown(price: int, on_hand: int, on_sale: bool) -> str:
    """Return what a row showed, as its hidden field carries it."""
    return f"{price}/{on_hand}/{int(on_sale)}"


def edits(sent: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the rows of a sent grid in which something changed; a row is what has a hidden `was-CODE`."""
    rows = [name.removeprefix("was-") for name in sent if name.startswith("was-")]
    for code in rows[:MOST_ROWS]:
        edit = _edit(code, sent)
        if edit is not None and edit.changed:
            yield edit


def _edit(code: str, sent: Mapping[str, str]) -> Edit | None:
    seen = _seen(sent[f"was-{code}"])
    if seen is None:
        return None
    typed = {cell: stripped(sent[f"{cell}-{code}"]) for cell in (PRICE, ON_HAND) if f"{cell}-{code}" in sent}
    edit = Edit(code, seen, typed, price_ok=sent.get(f"ok-{code}", ""))
    for cell, read, before in ((PRICE, price_of, seen[0]), (ON_HAND, parse_count, seen[1])):
        text = typed.get(cell)
        if text is None or text == show_number(before):
            continue
        try:
            value = read(text)
        except DomainError as problem:
            edit.wrong[cell] = problem.sentence
        else:
            setattr(edit, cell, value if value != before else None)
    if f"shelf-{code}" in sent:  # the row shows the box; an empty box sends nothing of its own
        ticked = f"{ON_SALE}-{code}" in sent
        edit.on_sale = ticked if ticked != seen[2] else None
    return edit


def _seen(text: str) -> tuple[int, int, bool] | None:
    parts = text.split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 16 for part in parts):
        return None
    return int(parts[0]), int(parts[1]), parts[2] == "1"
