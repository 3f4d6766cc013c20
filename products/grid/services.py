"""Save many rows: each cell by its own guarded statement, so that one that cannot be saved stops no other."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from products import services as products
from products.grid.edits import ON_HAND, ON_SALE, PRICE, Edit
from products.grid.queries import to_change
from products.lifecycle import Shelf
from products.models import Sku
from products.prices.queries import ranges
from products.prices.services import Outcome, change
from products.stock import services as stock
from shop.accounts.models import User
from shop.core.db import db
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import lazy_gettext as _l

_ASK = {
    "high": _l("This price is higher than usual. Tick to send it to an officer."),
    "low": _l("This price is lower than usual. Tick to send it to an officer."),
}


class Saved(NamedTuple):
    """How many cells were saved, how many prices an officer looks at first, and the rows to look at again."""

    cells: int
    sent: int
    again: list[Edit]


class Unusual(Invalid):
    """The price needs an officer, and the seller's own word first."""


def save(edits: Iterable[Edit], actor: User) -> Saved:
    """Write the changed cells of some rows, in the order of their products, each in its own savepoint.

    A cell that cannot be saved gets its sentence in `Edit.wrong`; the others are saved all the same. Rows that
    are no longer the person's, or were withdrawn, say so at their number.
    """
    wanted = {edit.code: edit for edit in edits}
    rows: Sequence[Sku] = db.session.scalars(to_change(actor, list(wanted))).all()
    usual = ranges(rows)
    done = sent = 0
    for sku in rows:
        edit = wanted[sku.code]
        for cell in _cells(edit):
            try:
                with db.session.begin_nested():
                    outcome = _save_cell(sku, cell, edit, usual[sku.id].side(edit.price or 1), actor)
            except Unusual as question:
                edit.wrong[cell] = question.sentence
                edit.price_ok = str(edit.price)
            except DomainError as problem:
                edit.wrong[cell] = problem.sentence
            else:
                done += 1
                sent += outcome is not Outcome.SET
    for code in wanted.keys() - {sku.code for sku in rows}:
        wanted[code].wrong[ON_HAND] = _l("These goods are no longer in your list.")
    return Saved(done, sent, [edit for edit in wanted.values() if edit.wrong])


def _cells(edit: Edit) -> list[str]:
    return [cell for cell in (PRICE, ON_HAND, ON_SALE) if getattr(edit, cell) is not None]


def _save_cell(sku: Sku, cell: str, edit: Edit, side: str, actor: User) -> Outcome:
    if cell == PRICE and edit.price is not None:
        if side and not sku.position and edit.price_ok != str(edit.price):
            raise Unusual(PRICE, _ASK[side])
        return change(sku, edit.price, edit.seen[0], actor)
    if cell == ON_HAND and edit.on_hand is not None:
        stock.count(sku, edit.on_hand, edit.seen[1], actor)
        return Outcome.SET
    if (sku.product.shelf is Shelf.ON_SALE) != edit.seen[2]:
        raise Conflict(_l("Somebody paused or resumed it meanwhile."))
    (products.resume if edit.on_sale else products.pause)(sku.product, actor)
    return Outcome.SET
