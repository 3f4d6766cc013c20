"""What waits for an officer, seen only through his communes: the views, their counts, and the rows to show."""

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from cooperatives.models import Cooperative, Membership
from cooperatives.photos.models import Photo
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText
from products.queue import claims
from products.queue.models import Claim, WaitingSum
from products.queue.models import WaitingRevision as Row
from products.risk import RISKY_CATEGORIES, RISKY_SHIP_CLASSES
from products.seconds import queries as seconds
from products.seconds.models import WaitingLook
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db
from shop.core.paging import Keyset, Slice
from shop.core.text import fold
from shop.places.models import Commune

QUEUE = Keyset(Row.submitted_at, Row.revision_id)
PER_PAGE = 50
NAMES_KEPT = 50_000  # folded names that a process remembers: a search reads every name that waits


class View(StrEnum):
    """A saved view of the queue; each is read oldest first."""

    ALL = ""
    NEW = "new"
    EDITS = "edit"
    NEW_SELLERS = "new-seller"
    RISKY = "risky"
    SECOND = "second"
    BACK = "back"
    LATE = "late"
    MINE = "mine"


_RARE = (View.BACK, View.NEW_SELLERS, View.SECOND)


class Counted(NamedTuple):
    """How many wait in one commune, by view."""

    commune: str
    name: str
    waiting: dict[View, int]


def counts(communes: Collection[str], late: datetime, officer: User) -> list[Counted]:
    """Return how many wait in each view of each commune that has any, by commune name; late: sent before that."""
    here = (WaitingSum.commune_code.in_(list(communes)), WaitingSum.sells, WaitingSum.waiting > 0)
    sums: dict[View, Any] = {
        View.ALL: func.sum(WaitingSum.waiting),
        View.NEW: func.sum(WaitingSum.waiting - WaitingSum.edits),
        View.EDITS: func.sum(WaitingSum.edits),
        View.NEW_SELLERS: _sum_where(WaitingSum.new_seller),
        View.RISKY: _sum_where(_risky(WaitingSum)),
        View.BACK: func.sum(WaitingSum.back),
    }
    overdue = select(func.count()).where(Row.commune_code == Commune.code, Row.sells, Row.submitted_at < late)
    sums[View.LATE] = overdue.correlate(Commune).scalar_subquery()
    mine = select(func.count()).select_from(Claim).join(Row, claims.of_row(clock.now()))
    mine = mine.where(Claim.officer_id == officer.id, Row.commune_code == Commune.code, Row.sells)
    sums[View.MINE] = mine.correlate(Commune).scalar_subquery()
    sums[View.SECOND] = seconds.number_for(officer, [Commune.code]).correlate(Commune).scalar_subquery()
    rows = db.session.execute(
        select(Commune.code, Commune.name, *sums.values())
        .join(WaitingSum, WaitingSum.commune_code == Commune.code)
        .where(*here)
        .group_by(Commune.code, Commune.name, Commune.sort_key)
        .order_by(Commune.sort_key)
    )
    return [Counted(code, name, dict(zip(sums, map(int, found), strict=True))) for code, name, *found in rows]


def _sum_where(asked: Any) -> Any:
    return func.sum(case((asked, WaitingSum.waiting), else_=0))


def _risky(table: Any) -> ColumnElement[bool]:
    kinds = table.category.in_(sorted(RISKY_CATEGORIES))
    return or_(kinds, table.ship_class.in_(sorted(RISKY_SHIP_CLASSES)))


def stretch(
    communes: Collection[str], view: View, late: datetime, officer: User, *, text: str, cursor: str | None
) -> Slice:
    """Return a page of what waits in these communes, oldest first, as rows of the queue.

    `text` narrows to goods or sellers whose name has these words, marks or none, or to the code of the goods.
    """
    return QUEUE.slice(db.session(), _chosen(communes, view, late, officer, text), cursor, PER_PAGE)


def beside(
    communes: Collection[str],
    view: View,
    late: datetime,
    officer: User,
    *,
    text: str,
    at: tuple[datetime, int] | None,
    back: bool = False,
) -> Any:
    """Return (code, number) of what comes in a view after `at` (sent when, revision), or before it; None: nothing.

    What others work on now is passed over, and so is what this officer said the first yes to.
    `at` None means the beginning.
    """
    now = clock.now()
    others = exists().where(claims.of_row(now), Claim.officer_id != officer.id)
    chosen = _chosen(communes, view, late, officer, text).where(~others, ~seconds.said_by(officer))
    if at is not None:
        when, key = at
        further = Row.submitted_at < when if back else Row.submitted_at > when
        nearer = Row.revision_id < key if back else Row.revision_id > key
        chosen = chosen.where(or_(further, and_(Row.submitted_at == when, nearer)))
    order = (Row.submitted_at.desc(), Row.revision_id.desc()) if back else (Row.submitted_at, Row.revision_id)
    named = chosen.join(Product, Product.id == Row.product_id).with_only_columns(Product.code, Row.number)
    return db.session.execute(named.order_by(*order).limit(1)).first()


def _chosen(communes: Collection[str], view: View, late: datetime, officer: User, text: str) -> Select[Row]:
    asked = {
        View.NEW: ~Row.is_edit,
        View.EDITS: Row.is_edit,
        View.NEW_SELLERS: Row.new_seller,
        View.RISKY: _risky(Row),
        View.SECOND: seconds.waits_for(officer),
        View.BACK: Row.came_back,
        View.LATE: Row.submitted_at < late,
        View.MINE: exists().where(claims.of_row(clock.now()), Claim.officer_id == officer.id),
    }
    here = _in(communes)
    if view in _RARE:
        here = and_((Row.commune_code + "").in_(list(communes)), Row.sells)  # so that what is rare is read alone
    chosen = select(Row).where(here, asked.get(view, true()))
    if text:
        chosen = chosen.where(Row.revision_id.in_(_named(communes, text)))
    return chosen


def shown(waiting: Sequence[Row], officer: User) -> list[Any]:
    """Return what the page says about these rows, in their order, with one query."""
    photos = select(func.count()).where(RevisionPhoto.revision_id == ProductRevision.id).scalar_subquery()
    cover, first = aliased(RevisionPhoto), aliased(User)
    columns = (
        *(Row, Product.code, ProductRevision.type_code, ProductRevision.pack_word, ProductRevision.pack_amount),
        *(ProductRevision.proposed_price, RevisionText.name),
        *(Cooperative.name.label("seller"), Commune.name.label("commune")),
        *(Photo.digest, Photo.width, Photo.height, photos.label("photos")),
        exists().where(Membership.cooperative_id == Cooperative.id, Membership.user_id == officer.id).label("is_own"),
        *(Claim.officer_id.label("claimant_id"), Claim.expires_at, User.name.label("claimant")),
        *(WaitingLook.officer_id.label("first_id"), first.name.label("first")),
    )
    rows = db.session.execute(
        select(*columns)
        .join(ProductRevision, ProductRevision.id == Row.revision_id)
        .join(Product, Product.id == Row.product_id)
        .join(Cooperative, Cooperative.id == Row.cooperative_id)
        .outerjoin(RevisionText, (RevisionText.revision_id == Row.revision_id) & (RevisionText.lang == "vi"))
        .join(Commune, Commune.code == Row.commune_code)
        .outerjoin(cover, (cover.revision_id == ProductRevision.id) & (cover.position == 0))
        .outerjoin(Photo, Photo.digest == cover.digest)
        .outerjoin(Claim, claims.of_row(clock.now()))
        .outerjoin(User, User.id == Claim.officer_id)
        .outerjoin(WaitingLook, seconds.on_row())
        .outerjoin(first, first.id == WaitingLook.officer_id)
        .where(Row.revision_id.in_([one.revision_id for one in waiting]))
    )
    found = {row.WaitingRevision.revision_id: row for row in rows}
    return [found[one.revision_id] for one in waiting]


def one(communes: Collection[str], code: str, number: int) -> Row | None:
    """Return the row of goods that wait in these communes under this number, or None."""
    mine = select(Row).join(Product, Product.id == Row.product_id).where(_in(communes), Row.number == number)
    return db.session.scalar(mine.where(Product.code == code))


def waiting_in(communes: Collection[str]) -> Select[int]:
    """Select the number of what waits in some communes."""
    return select(func.count()).select_from(Row).where(_in(communes))


def _in(communes: Collection[str]) -> ColumnElement[bool]:
    return and_(Row.commune_code.in_(list(communes)), Row.sells)


def _named(communes: Collection[str], text: str) -> list[int]:
    """Return the revisions that wait under a name with these words: folded here, for no engine knows our folding."""
    words, code = fold(text).split(), text.strip().upper()
    coded = select(Row.revision_id).join(Product, Product.id == Row.product_id).where(_in(communes))
    found = list(db.session.scalars(coded.where(Product.code == code)))
    sellers = select(Cooperative.id, Cooperative.name).where(Cooperative.commune_code.in_(list(communes)))
    of_seller = {key: fold(name) for key, name in db.session.execute(sellers)}
    rows = db.session.execute(
        select(Row.revision_id, Row.cooperative_id, RevisionText.name)
        .join(RevisionText, (RevisionText.revision_id == Row.revision_id) & (RevisionText.lang == "vi"))
        .where(_in(communes))
    )
    for key, seller, name in rows:
        said = f"{_folded(name)} {of_seller[seller]}"
        if words and all(word in said for word in words):
            found.append(key)
    return found


@lru_cache(maxsize=NAMES_KEPT)
def _folded(name: str) -> str:
    return fold(name)
