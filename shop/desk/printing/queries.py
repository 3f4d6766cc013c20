"""What is printed: orders to pack by a day, the sums of their goods, and the parcels that need a label."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from products.models import RevisionText
from shop.accounts.models import User
from shop.core.db import db
from shop.orders import queries as orders
from shop.orders.changes.queries import lines_now
from shop.orders.models import Order, Purchase

MOST = 100  # orders on one sheet: three pages of A4
PLACES = joinedload(Order.purchase).options(
    joinedload(Purchase.commune), joinedload(Purchase.province), joinedload(Purchase.gift)
)


class Sheet(NamedTuple):
    """Orders for paper, the first to leave first, and how many more there are than it holds."""

    orders: Sequence[Order]
    rest: int


class Pile(NamedTuple):
    """One pack to be taken from the shelf so many times; the name as its seller wrote it."""

    name: str
    pack_word: str
    pack_amount: int
    packs: int
    orders: int


def to_pick(person: User, until: datetime | None) -> Sheet:
    """Return the accepted orders whose buyers are asked nothing and that are due by a moment (None: all)."""
    return _sheet(orders.of_person(person).where(orders.of_tab("accepted"), Order.asking.is_(False)), until)


def to_label(person: User, until: datetime | None) -> Sheet:
    """Return the orders whose parcels are made or may be made, and weighed, due by a moment (None: all)."""
    ready = orders.of_tab("accepted") | orders.of_tab("packed")
    return _sheet(orders.of_person(person).where(ready, Order.to_weigh.is_(False)), until)


def piles(some: Iterable[Order]) -> list[Pile]:
    """Add up the goods of orders, pack by pack, the largest pile first; one statement for the names."""
    lines = [one for now in lines_now(some).values() for one in now if one.packs]
    texts = select(RevisionText.revision_id, RevisionText.name).where(
        RevisionText.revision_id.in_({one.line.revision_id for one in lines}), RevisionText.lang == "vi"
    )
    names = {revision: name for revision, name in db.session.execute(texts) if name}
    found: dict[int, Pile] = {}
    for one in lines:
        line = one.line
        name = names.get(line.revision_id, line.name)
        before = found.get(line.sku_id, Pile(name, line.pack_word, line.pack_amount, 0, 0))
        found[line.sku_id] = before._replace(packs=before.packs + one.packs, orders=before.orders + 1)
    return sorted(found.values(), key=lambda pile: (-pile.packs, pile.name))


def _sheet(chosen: Select[Order], until: datetime | None) -> Sheet:
    if until is not None:
        chosen = chosen.where(Order.ship_by <= until)
    total = db.session.scalar(select(func.count()).select_from(chosen.subquery())) or 0
    whole = (
        selectinload(Order.lines),
        selectinload(Order.events),
        joinedload(Order.cooperative),
        joinedload(Order.confirmation),
        PLACES,
    )
    first = chosen.order_by(Order.ship_by, Order.id).options(*whole).limit(MOST)
    return Sheet(db.session.scalars(first).unique().all(), max(0, total - MOST))
