"""Reading what became of goods: one line of time over revisions, the audit and what was written into drafts."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, case, func, literal, or_, select, union_all
from sqlalchemy.orm import aliased, joinedload, selectinload

from cooperatives.helping.models import Consent
from cooperatives.helping.words import both_names
from cooperatives.models import Membership
from products.edits.models import RevisionEdit
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
from products.review.models import Decision
from shop.accounts.models import User
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db

REVISION, EVENT, EDIT = "revision", "event", "edit"
EVENTS = (  # of the audit; the others are told by revisions, decisions and edits
    "price_changed",
    "usual_price_changed",
    "sale_planned",
    "sale_cancelled",
    "stock_counted",
    "crop_failed",
    "pause",
    "resume",
    "withdraw",
    "taken_back",
    "reopened",
    "sku_opened",
    "copied",
    "restored",
    "season_said",
    "voice_changed",
    "suggestion_made",
    "suggestion_taken",
    "suggestion_declined",
)
OF_DRAFTS = {"restored", "voice_changed"}


def line_of_time(product: Product, *, drafts: bool) -> Select[Any]:
    """Select (at, kind, id) of all there is to tell, newest first; a draft stands first, it is being written now.

    `drafts`: also what nobody sent yet. A revision stands where its last step was: decided, sent or begun.
    """
    revision, at = ProductRevision, RevisionEdit.at.type
    last = case(
        (revision.state == RevisionState.DRAFT, literal(clock.now(), at)),
        (revision.state == RevisionState.SUBMITTED, revision.submitted_at),
        else_=revision.decided_at,
    )
    moment = func.coalesce(last, revision.submitted_at, revision.created_at)
    moments = [
        select(moment.label("at"), literal(REVISION).label("kind"), revision.id).where(
            revision.product_id == product.id, *([] if drafts else [revision.state != RevisionState.DRAFT])
        ),
        select(AuditEntry.at.label("at"), literal(EVENT).label("kind"), AuditEntry.id).where(
            AuditEntry.subject_kind == Product.__tablename__,
            AuditEntry.subject_id == product.id,
            AuditEntry.action.in_(EVENTS if drafts else set(EVENTS) - OF_DRAFTS),
        ),
    ]
    if drafts:
        moments.append(
            select(RevisionEdit.at.label("at"), literal(EDIT).label("kind"), RevisionEdit.id).where(
                RevisionEdit.product_id == product.id
            )
        )
    told = union_all(*moments).subquery()
    return select(told.c.at, told.c.kind, told.c.id).order_by(told.c.at.desc(), told.c.kind.desc(), told.c.id.desc())


def revisions(product: Product, ids: Iterable[int]) -> list[ProductRevision]:
    """Return some revisions of a product and the one before the oldest of them, newest first, with all they say."""
    wanted = list(ids)
    if not wanted:
        return []
    first = select(ProductRevision.number).where(ProductRevision.id.in_(wanted)).order_by(ProductRevision.number)
    before = (
        select(ProductRevision.id)
        .where(
            ProductRevision.product_id == product.id,
            ProductRevision.number < first.limit(1).scalar_subquery(),
        )
        .order_by(ProductRevision.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    chosen = _whole().where(or_(ProductRevision.id.in_(wanted), ProductRevision.id == before))
    return list(db.session.scalars(chosen.order_by(ProductRevision.number.desc())))


def numbered(product: Product, number: int, *, drafts: bool) -> ProductRevision | None:
    """Return the revision of a product that has this number, or None; `drafts`: also one that nobody sent yet."""
    chosen = _whole().where(ProductRevision.product_id == product.id, ProductRevision.number == number)
    if not drafts:
        chosen = chosen.where(ProductRevision.state != RevisionState.DRAFT)
    return db.session.scalar(chosen)


def before(revision: ProductRevision) -> ProductRevision | None:
    """Return the revision of the same product with the next lower number, or None."""
    same = ProductRevision.product_id == revision.product_id, ProductRevision.number < revision.number
    return db.session.scalar(_whole().where(*same).order_by(ProductRevision.number.desc()).limit(1))


def _whole() -> Select[ProductRevision]:
    return select(ProductRevision).options(
        selectinload(ProductRevision.texts), selectinload(ProductRevision.packs), joinedload(ProductRevision.product)
    )


def decisions(product: Product, numbers: Iterable[int]) -> dict[int, Decision]:
    """Return the decisions that took effect on some numbers of a product, by number."""
    rows = db.session.scalars(
        select(Decision)
        .join(ProductRevision, ProductRevision.id == Decision.revision_id)
        .where(
            ProductRevision.product_id == product.id,
            Decision.number.in_(list(numbers)),
            Decision.carried_out_at.is_not(None),
        )
        .options(joinedload(Decision.rule))
    )
    return {one.number: one for one in rows}


def events(ids: Iterable[int]) -> dict[int, AuditEntry]:
    """Return some rows of the audit by id."""
    return {row.id: row for row in db.session.scalars(select(AuditEntry).where(AuditEntry.id.in_(list(ids))))}


def edits(ids: Iterable[int]) -> dict[int, RevisionEdit]:
    """Return some rows of what was written, by id."""
    return {row.id: row for row in db.session.scalars(select(RevisionEdit).where(RevisionEdit.id.in_(list(ids))))}


def names(product: Product, ids: Iterable[int | None]) -> dict[int, str]:
    """Return the names of some people by id, a helper's with the name of who asked them to act for this seller."""
    wanted = {one for one in ids if one is not None}
    giver, seller = aliased(User), product.cooperative_id
    members = select(Membership.user_id).where(Membership.cooperative_id == seller)
    asked = (
        select(giver.name)
        .join(Consent, Consent.given_by_id == giver.id)
        .where(Consent.helper_id == User.id, Consent.cooperative_id == seller, User.id.not_in(members))
        .order_by(Consent.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    rows = db.session.execute(select(User.id, User.name, asked.label("asked")).where(User.id.in_(wanted)))
    return {row.id: both_names(row.name, row.asked) for row in rows}
