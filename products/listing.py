"""A member's list of goods: the tabs, their counts, and all a row shows, in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import selectinload

from cooperatives.photos.models import Photo
from cooperatives.photos.names import PrivateView, private_view
from cooperatives.queries import open_to
from products import queries
from products.counts.queries import Counts, last_days
from products.issues.models import RevisionIssue
from products.lifecycle import OPEN_STATES, RevisionState, Shelf
from products.models import Product, ProductRevision, Sku
from products.packs import pack_text
from products.stock.policies import Level, Steps, level, steps
from products.waiting.queries import how_many
from shop.accounts.models import User
from shop.core.db import db
from shop.core.i18n import current_language

TABS = ("draft", "submitted", "returned", "on_sale", "short", "paused")

_RUN_OUT = exists().where(Sku.product_id == Product.id, Sku.retired_at.is_(None), Sku.on_hand - Sku.held <= Sku.low_at)


@dataclass(frozen=True)
class Sold:
    """One SKU of a row: how much is left of it, and what one tap makes of that."""

    sku: Sku

    @property
    def pack(self) -> str:
        """What is sold, in words."""
        return pack_text(self.sku.pack_word, self.sku.pack_amount, current_language())

    @property
    def level(self) -> Level:
        """Out of stock, low or enough."""
        return level(self.sku.free, self.sku.low_at)

    @property
    def steps(self) -> Steps:
        """The free packs that "some" and "plenty" set."""
        return steps(self.sku.low_at)


@dataclass(frozen=True)
class Row:
    """One product of the list: what is open, what is live, what is sold."""

    product: Product
    open: ProductRevision | None
    shown: ProductRevision  # what the row is named after: what is live, else what is being written
    photo: Photo | None
    sold: list[Sold]
    issues: int
    counts: Counts  # of the last thirty days
    waiting: int  # buyers who want to be told when there is some

    @property
    def thumb(self) -> PrivateView | None:
        """The cover, for signed-in pages."""
        return private_view(self.photo.digest, self.photo.width, self.photo.height) if self.photo else None


def _open(*states: RevisionState) -> ColumnElement[bool]:
    return exists().where(ProductRevision.product_id == Product.id, ProductRevision.state.in_(states))


def _condition(tab: str) -> ColumnElement[bool]:
    live = Product.approved_revision_id.is_not(None)
    stands = Product.shelf != Shelf.WITHDRAWN
    if tab == "on_sale":
        return and_(live, Product.shelf == Shelf.ON_SALE)
    if tab == "short":
        return and_(live, Product.shelf == Shelf.ON_SALE, _RUN_OUT)
    if tab == "paused":
        return and_(live, Product.shelf == Shelf.PAUSED)
    if tab == "returned":
        turned_down = and_(~live, _open(RevisionState.REJECTED), ~_open(*OPEN_STATES))
        return and_(stands, or_(_open(RevisionState.RETURNED), turned_down))
    return and_(stands, _open(RevisionState(tab)))


def of_tab(user: User, tab: str) -> Select[Any]:
    """Select a person's products in one tab, newest first; a live product with an open change is in both its tabs."""
    return queries.of_person(user).where(_condition(tab)).order_by(Product.id.desc())


def counts(user: User) -> dict[str, int]:
    """Return how many products each tab holds, in one query."""
    sums = [func.coalesce(func.sum(case((_condition(tab), 1), else_=0)), 0) for tab in TABS]
    mine = select(*sums).select_from(Product).where(Product.cooperative_id.in_(open_to(user)))
    return dict(zip(TABS, db.session.execute(mine).one(), strict=True))


def rows(products: Sequence[Product]) -> list[Row]:
    """Return what the list shows of some products: eight queries, however many they are."""
    ids = [product.id for product in products]
    revisions = _newest(ids)
    live = {one.id: one for group in revisions.values() for one in group}
    photos = queries.photos_of(live)
    sold: dict[int, list[Sold]] = {}
    waiting: dict[int, int] = {}
    packs = select(Sku, how_many(Sku.__table__.c.product_id))
    for sku, many in db.session.execute(
        packs.where(Sku.product_id.in_(ids), Sku.retired_at.is_(None)).order_by(Sku.position)
    ):
        sold.setdefault(sku.product_id, []).append(Sold(sku))
        waiting[sku.product_id] = many
    issues, counts = _issue_counts(list(live)), last_days(ids)
    made = []
    for product in products:
        newest = revisions[product.id][0]
        shown = live.get(product.approved_revision_id or 0, newest)
        opened = newest if newest.state in OPEN_STATES else None
        covers = photos.get(shown.id, [])
        made.append(
            Row(
                product,
                opened,
                shown,
                covers[0] if covers else None,
                sold.get(product.id, []),
                issues.get(newest.id, 0) + (issues.get(shown.id, 0) if shown is not newest else 0),
                counts.get(product.id, Counts()),
                waiting.get(product.id, 0),
            )
        )
    return made


def _newest(ids: list[int]) -> dict[int, list[ProductRevision]]:
    """The newest revision of each product, first, and the approved one."""
    newest = (
        select(func.max(ProductRevision.id))
        .where(ProductRevision.product_id.in_(ids), ProductRevision.state != RevisionState.PAST)
        .group_by(ProductRevision.product_id)
    )
    approved = select(Product.approved_revision_id).where(
        Product.id.in_(ids), Product.approved_revision_id.is_not(None)
    )
    chosen = (
        select(ProductRevision)
        .where(or_(ProductRevision.id.in_(newest), ProductRevision.id.in_(approved)))
        .order_by(ProductRevision.number.desc())
        .options(selectinload(ProductRevision.texts))
    )
    found: dict[int, list[ProductRevision]] = {}
    for revision in db.session.scalars(chosen):
        found.setdefault(revision.product_id, []).append(revision)
    return found


def _issue_counts(revision_ids: list[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(RevisionIssue.revision_id, func.count().label("number"))
        .where(RevisionIssue.revision_id.in_(revision_ids), RevisionIssue.resolved_at.is_(None))
        .group_by(RevisionIssue.revision_id)
    )
    return {row.revision_id: row.number for row in rows}
