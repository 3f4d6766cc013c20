"""What a member's shop needs today: the most pressing few of each kind, and how many there are in all.

Each kind is one statement however many rows there are: the database ranks and counts, and hands out a handful.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, case, cast, func, select
from sqlalchemy.orm import joinedload, selectinload

from cooperatives.papers.lifecycle import PaperState
from cooperatives.papers.models import Paper
from cooperatives.queries import open_to
from products.issues.models import RevisionIssue, Source
from products.lifecycle import RevisionState, Shelf
from products.models import Product, ProductRevision, RevisionText, Sku
from products.season import month_bit
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.confirming import queries as confirmations
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order
from shop.orders.talks.models import OrderMessage, OrderTalk
from shop.orders.talks.queries import waiting

FEW = 5  # names a person can take in at a glance; the rest is a number and a link


class Some(NamedTuple):
    """The first few rows of one kind, and how many there are."""

    rows: list[Any]
    total: int


class Goods(NamedTuple):
    """A product by its name, and what is left of one of its packs."""

    code: str
    sku_code: str
    name: str
    pack_word: str
    pack_amount: int
    free: int


NOTHING = Some([], 0)
CALL = "call"


def orders(person: User) -> dict[OrderState | str, Some]:
    """Return what is to be accepted, packed and sent, by state; what must leave first comes first.

    Under CALL stand the accepted ones whose buyers are to be called before they are packed.
    """
    waiting = (OrderState.PLACED, OrderState.ACCEPTED, OrderState.PACKED)
    call = (Order.state == OrderState.ACCEPTED) & confirmations.waits()
    mine = select(Order.id).where(
        Order.cooperative_id.in_(open_to(person)), Order.state.in_(waiting), Order.awaiting_payment.is_(False)
    )
    kind = case((call, CALL), else_=cast(Order.state, Text))
    few = _few(mine, Order.id, (Order.ship_by, Order.id), kind)
    chosen = (
        select(Order, few.c.total)
        .join(few, few.c.id == Order.id)
        .where(few.c.place <= FEW)
        .order_by(Order.ship_by, Order.id)
        .options(selectinload(Order.lines), joinedload(Order.purchase), joinedload(Order.confirmation))
    )
    found: dict[OrderState | str, Some] = {}
    for order, total in db.session.execute(chosen):
        to_call = order.state is OrderState.ACCEPTED and order.waits_for_buyer
        found.setdefault(CALL if to_call else order.state, Some([], total)).rows.append(order)
    return found


def wrote(person: User) -> Some:
    """Return orders whose buyers wrote what nobody has read, as (order, newest words), the longest unread first."""
    chosen = (
        waiting(person)
        .join(OrderMessage, OrderMessage.id == OrderTalk.buyer_wrote_id)
        .add_columns(OrderMessage.text, func.count().over().label("total"))
        .options(joinedload(Order.purchase))
        .limit(FEW)
    )
    found = db.session.execute(chosen).all()
    return Some([row[:2] for row in found], found[0].total) if found else NOTHING


def revisions(person: User) -> dict[RevisionState, Some]:
    """Return what came back from the officer and what is still being written, by state, the newest first."""
    waiting = (RevisionState.RETURNED, RevisionState.DRAFT)
    mine = (
        select(ProductRevision.id)
        .join(Product, Product.id == ProductRevision.product_id)
        .where(
            Product.cooperative_id.in_(open_to(person)),
            Product.shelf != Shelf.WITHDRAWN,
            ProductRevision.state.in_(waiting),
        )
    )
    few = _few(mine, ProductRevision.id, (ProductRevision.id.desc(),), ProductRevision.state)
    chosen = (
        select(ProductRevision, few.c.total)
        .join(few, few.c.id == ProductRevision.id)
        .where(few.c.place <= FEW)
        .order_by(ProductRevision.id.desc())
        .options(selectinload(ProductRevision.texts), joinedload(ProductRevision.product))
    )
    return _by_state(db.session.execute(chosen))


def issues_of(revision_ids: Sequence[int]) -> dict[int, list[RevisionIssue]]:
    """Return what is still to be mended in some revisions, the oldest first."""
    asked = select(RevisionIssue).where(
        RevisionIssue.revision_id.in_(revision_ids), RevisionIssue.resolved_at.is_(None)
    )
    found: dict[int, list[RevisionIssue]] = {}
    for issue in db.session.scalars(asked.order_by(RevisionIssue.id)):
        found.setdefault(issue.revision_id, []).append(issue)
    return found


def papers_back(person: User) -> list[Paper]:
    """Return the standing papers that an officer sent back, the oldest answer first."""
    standing = (Paper.removed_at.is_(None), Paper.state == PaperState.RETURNED)
    chosen = select(Paper).where(Paper.cooperative_id.in_(open_to(person)), *standing).order_by(Paper.decided_at)
    return list(db.session.scalars(chosen.options(joinedload(Paper.cooperative)).limit(FEW)))


def refused(person: User) -> Some:
    """Return what other shops do not take of goods on sale, as (issue, code, name), the newest first."""
    chosen = (
        select(RevisionIssue, Product.code, RevisionText.name, func.count().over().label("total"))
        .join(Product, Product.approved_revision_id == RevisionIssue.revision_id)
        .join(RevisionText, (RevisionText.revision_id == RevisionIssue.revision_id) & (RevisionText.lang == "vi"))
        .where(
            Product.cooperative_id.in_(open_to(person)),
            Product.shelf != Shelf.WITHDRAWN,
            RevisionIssue.source == Source.CHANNEL,
            RevisionIssue.resolved_at.is_(None),
        )
        .order_by(RevisionIssue.id.desc())
        .limit(FEW)
    )
    found = db.session.execute(chosen).all()
    return Some([row[:3] for row in found], found[0].total) if found else NOTHING


def short(person: User) -> Some:
    """Return the packs on sale that are out or low by their seller's own line, the emptiest first, as Goods."""
    free = Sku.on_hand - Sku.held
    return _goods(person, free <= Sku.low_at, Product.shelf == Shelf.ON_SALE, order=(free, Sku.id))


def coming(person: User, month: int) -> Some:
    """Return paused goods whose season begins in this month (1 to 12), as Goods with their first pack."""
    season = ProductRevision.season_months
    return _goods(
        person,
        Product.shelf == Shelf.PAUSED,
        Sku.position == 0,
        season.bitwise_and(month_bit(month)) != 0,
        season.bitwise_and(month_bit(12 if month == 1 else month - 1)) == 0,
        order=(Product.id,),
    )


def _goods(person: User, *which: Any, order: tuple[Any, ...]) -> Some:
    chosen = (
        select(
            *(Product.code, Sku.code, func.coalesce(RevisionText.name, ""), Sku.pack_word, Sku.pack_amount),
            *((Sku.on_hand - Sku.held).label("free"), func.count().over().label("total")),
        )
        .select_from(Product)
        .join(ProductRevision, ProductRevision.id == Product.approved_revision_id)
        .join(Sku, Sku.product_id == Product.id)
        .outerjoin(RevisionText, (RevisionText.revision_id == ProductRevision.id) & (RevisionText.lang == "vi"))
        .where(Product.cooperative_id.in_(open_to(person)), Sku.retired_at.is_(None), *which)
        .order_by(*order)
        .limit(FEW)
    )
    found = db.session.execute(chosen).all()
    return Some([Goods(*row[:-1]) for row in found], found[0].total if found else 0)


def _few(mine: Select[Any], key: Any, order: tuple[Any, ...], kind: Any) -> Any:
    """Rank the rows of `mine` within their kind and count each kind."""
    place = func.row_number().over(partition_by=kind, order_by=order).label("place")
    return mine.with_only_columns(key, place, func.count().over(partition_by=kind).label("total")).subquery()


def _by_state(rows: Any) -> dict[Any, Some]:
    found: dict[Any, Some] = {}
    for one, total in rows:
        found.setdefault(one.state, Some([], total)).rows.append(one)
    return found
