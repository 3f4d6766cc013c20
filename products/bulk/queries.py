"""The changes that wait and are alike, with what each says otherwise; and the lots that were drawn."""

from collections.abc import Collection, Iterable
from typing import Any, NamedTuple

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from cooperatives.models import Membership
from cooperatives.photos.models import Photo
from products import queries as product_queries
from products.automatic.models import AutomaticLook
from products.bulk.models import BulkDraw
from products.checklist.lines import WRONG
from products.comparison import Comparison
from products.lowrisk import low_risk
from products.models import Product, ProductRevision
from products.queue import claims
from products.queue.models import Claim
from products.queue.models import WaitingRevision as Row
from products.review.checklist import checks
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db

AT_ONCE = 200  # changes that are looked at for one page, the oldest first


class Alike(NamedTuple):
    """One change that waits: what it says otherwise, and the name of its kind."""

    compared: Comparison
    kind: str

    @property
    def revision(self) -> ProductRevision:
        """The change itself."""
        return self.compared.after

    @property
    def key(self) -> str:
        """How the form names it: code of the goods and number, so that a newer version is another."""
        return f"{self.revision.product.code}:{self.revision.number}"


def alike(communes: Collection[str], officer: User) -> dict[str, list[Alike]]:
    """Return the low-risk changes this officer may decide on, by kind, oldest first; claimed ones are left out.

    What came back once, what the checklist calls wrong, and his own cooperative's are read one by one.
    """
    found: dict[str, list[Alike]] = {}
    revisions = list(db.session.scalars(_edits(communes, officer)))
    pairs = [(one.product.approved, one) for one in revisions if one.product.approved is not None]
    photos = product_queries.photos_of(one.id for pair in pairs for one in pair)
    for before, after in pairs:
        compared = Comparison(before, after, photos, after.product.skus[0].usual if after.product.skus else None)
        fields = low_risk(compared)
        if fields and not _wrong(after, photos.get(after.id, [])):
            kind = ".".join(fields)
            found.setdefault(kind, []).append(Alike(compared, kind))
    return found


def draws(revision_ids: Iterable[int]) -> dict[tuple[int, int], bool]:
    """Return what was drawn for these revisions: (revision, number) -> to be opened by itself."""
    rows = db.session.execute(
        select(BulkDraw.revision_id, BulkDraw.number, BulkDraw.sampled).where(
            BulkDraw.revision_id.in_(list(revision_ids))
        )
    )
    return {(revision_id, number): sampled for revision_id, number, sampled in rows}


def drawn(kind: str) -> tuple[int, int]:
    """Return how many lots of a kind were ever drawn, and how many of them are opened one by one."""
    counted = select(BulkDraw.sampled, func.count()).where(BulkDraw.kind == kind).group_by(BulkDraw.sampled)
    rows = {sampled: number for sampled, number in db.session.execute(counted)}  # noqa: C416 - rows are no pairs to mypy
    return sum(rows.values()), rows.get(True, 0)


def _edits(communes: Collection[str], officer: User) -> Any:
    own = exists().where(Membership.cooperative_id == Row.cooperative_id, Membership.user_id == officer.id)
    claimed = exists().where(claims.of_row(clock.now()), Claim.officer_id != officer.id)
    drawn = exists().where(  # a lot gave it to officers to be read whole, though a rule fitted
        AutomaticLook.revision_id == Row.revision_id,
        AutomaticLook.number == Row.number,
        AutomaticLook.sampled.is_(True),
    )
    parts = (ProductRevision.texts, ProductRevision.packs, ProductRevision.voice)
    live = selectinload(ProductRevision.product).selectinload(Product.approved)
    return (
        select(ProductRevision)
        .join(Row, Row.revision_id == ProductRevision.id)
        .where(Row.commune_code.in_(list(communes)), Row.sells, Row.is_edit, ~Row.came_back, ~own, ~claimed, ~drawn)
        .where(ProductRevision.created_by_id != officer.id, ProductRevision.submitted_by_id != officer.id)
        .order_by(Row.submitted_at, Row.revision_id)
        .limit(AT_ONCE)
        .options(
            *(selectinload(part) for part in parts),
            *(live.selectinload(part) for part in parts),
            selectinload(ProductRevision.product).options(selectinload(Product.skus), joinedload(Product.cooperative)),
        )
    )


def _wrong(revision: ProductRevision, photos: list[Photo]) -> bool:
    return any(check.kind == WRONG for check in checks(revision, photos, ()))
