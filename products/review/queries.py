"""What was sent, seen only through an officer's communes; the kept decisions; the photos that are public."""

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from cooperatives.helping.models import Consent
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Membership
from cooperatives.photos.models import Photo, PhotoState
from products import queries as products
from products.edits.models import RevisionEdit
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText
from products.review.models import Decision
from products.search.models import SearchEntry
from shop.accounts.models import Role, User
from shop.accounts.queries import answered_for, communes_of_officer, staff_roles
from shop.core import clock
from shop.core.db import db
from shop.core.text import fold

Photos = Select[str, int]  # digest and width
STANDS = Decision.withdrawn_at.is_(None)
PENDING = Decision.carried_out_at.is_(None) & STANDS
HAD_EFFECT = Decision.carried_out_at.is_not(None)
DUE_AT_ONCE = 100  # decisions carried out in one run of the sweep


def product_for(officer: User, code: str) -> Select[Product]:
    """Select the product with this public code, if it is in the communes this officer answers for now."""
    return (
        select(Product)
        .join(Product.cooperative)
        .where(Product.code == code, Cooperative.commune_code.in_(answered_for(officer.id)))
        .options(
            joinedload(Product.cooperative).joinedload(Cooperative.commune),
            joinedload(Product.approved).joinedload(ProductRevision.voice),
        )
    )


def as_sent(product: Product, number: int) -> ProductRevision | None:
    """Return the revision that has this number and was sent; drafts are nobody's business but their writers'."""
    chosen = select(ProductRevision).where(
        ProductRevision.product_id == product.id,
        ProductRevision.number == number,
        ProductRevision.state.not_in((RevisionState.DRAFT, RevisionState.PAST)),
    )
    sent = ProductRevision
    whole = [joinedload(part) for part in (sent.voice, sent.texts, sent.packs, sent.submitted_by)]
    whole.append(
        joinedload(sent.product).joinedload(Product.approved).joinedload(sent.texts)
    )  # what it is compared with
    return db.session.scalars(chosen.options(*whole)).unique().one_or_none()


def waiting_number(product: Product) -> int | None:
    """Return the number of the revision that waits for an officer, or None."""
    return db.session.scalar(
        select(ProductRevision.number).where(
            ProductRevision.product_id == product.id, ProductRevision.state == RevisionState.SUBMITTED
        )
    )


def standing(product: Product, number: int) -> Decision | None:
    """Return the decision that stands on this number of a product, or None."""
    return db.session.scalar(_decisions(product).where(Decision.number == number, Decision.withdrawn_at.is_(None)))


def history(product: Product) -> list[Decision]:
    """Return the kept decisions on a product with their officers, newest first; for its members and its officers."""
    return list(db.session.scalars(_decisions(product).order_by(Decision.id.desc())))


def _decisions(product: Product) -> Select[Decision]:
    return (
        select(Decision)
        .join(ProductRevision, ProductRevision.id == Decision.revision_id)
        .where(ProductRevision.product_id == product.id)
        .options(joinedload(Decision.officer), joinedload(Decision.rule))
    )


def memberships_of(officer: User, product: Product) -> list[Membership]:
    """Return all memberships, also ended ones, of this person in the product's cooperative."""
    return list(
        db.session.scalars(
            select(Membership).where(
                Membership.user_id == officer.id, Membership.cooperative_id == product.cooperative_id
            )
        )
    )


def consents_around(revision: ProductRevision, officer: User) -> list[Consent]:
    """Return the consents by which helpers wrote in a revision or sent it, and the reader's own, the newest first."""
    wrote = select(RevisionEdit.actor_id).where(RevisionEdit.revision_id == revision.id)
    known = (revision.created_by_id, revision.submitted_by_id, officer.id)
    rows = db.session.scalars(
        select(Consent)
        .where(Consent.cooperative_id == revision.product.cooperative_id)
        .where(Consent.helper_id.in_(wrote) | Consent.helper_id.in_([one for one in known if one is not None]))
        .options(joinedload(Consent.helper), joinedload(Consent.given_by))
        .order_by(Consent.id.desc())
    )
    return list(rows)


def not_public(revision: ProductRevision) -> list[str]:
    """Return the digests of the revision's photos that have no public copies yet."""
    return list(
        db.session.scalars(
            select(Photo.digest)
            .join(RevisionPhoto, RevisionPhoto.digest == Photo.digest)
            .where(RevisionPhoto.revision_id == revision.id, Photo.public_since.is_(None))
            .order_by(RevisionPhoto.position)
        )
    )


def sellers_of_same_name(product: Product, name: str, limit: int = 5) -> list[str]:
    """Return who else, or the same seller once more, has public goods of this name; marks and spaces do not count."""
    wanted = fold(name)
    rows = db.session.execute(
        products.public(RevisionText.name, Cooperative.name.label("seller"))
        .join(SearchEntry, SearchEntry.product_id == Product.id)
        .join(RevisionText, (RevisionText.revision_id == ProductRevision.id) & (RevisionText.lang == "vi"))
        .where(SearchEntry.name.startswith(f" {wanted} ", autoescape=True), Product.id != product.id)
        .order_by(Product.id)
        .limit(50)
    )
    return [row.seller for row in rows if fold(row.name) == wanted][:limit] if wanted else []


def on_this_number() -> ColumnElement[bool]:
    """Join the decision that stands on a revision as it is now; a revision that came again has another number."""
    return (
        (Decision.revision_id == ProductRevision.id)
        & (Decision.number == ProductRevision.number)
        & Decision.withdrawn_at.is_(None)
    )


def pending_of(officer: User) -> list[Decision]:
    """Return the officer's decisions that have no effect yet, newest first: due ones, and those he may still undo."""
    return list(
        db.session.scalars(
            select(Decision)
            .where(Decision.officer_id == officer.id, PENDING)
            .order_by(Decision.id.desc())
            .options(joinedload(Decision.revision).joinedload(ProductRevision.product))
        )
    )


def by_press(product: Product, number: int, officer: User, press: str) -> Decision | None:
    """Return what this press of the officer's decided on this number, also where it was undone, or None."""
    mine = (Decision.number == number, Decision.officer_id == officer.id, Decision.press == press)
    return db.session.scalar(_decisions(product).where(*mine))


def pending_by_press(press: str, officer: User) -> list[Decision]:
    """Return what one press of the officer's decided and that has no effect yet, in the order products are locked."""
    mine = (Decision.press == press, Decision.officer_id == officer.id, PENDING)
    return list(
        db.session.scalars(
            select(Decision)
            .join(ProductRevision, ProductRevision.id == Decision.revision_id)
            .where(*mine)
            .order_by(ProductRevision.product_id)
            .options(joinedload(Decision.revision).joinedload(ProductRevision.product))
        )
    )


def as_it_was(product: Product, number: int) -> ProductRevision | None:
    """Return what was sent under this number, also where it was taken back or mended since; None for no such number."""
    chosen = (ProductRevision.product_id == product.id, ProductRevision.number == number)
    sent = select(ProductRevision).where(*chosen, ProductRevision.state != RevisionState.DRAFT)
    return db.session.scalar(sent)


def due() -> list[Decision]:
    """Return the decisions whose time has come, oldest first."""
    ripe = select(Decision).where(PENDING, Decision.effective_at <= clock.now())
    return list(db.session.scalars(ripe.order_by(Decision.effective_at, Decision.id).limit(DUE_AT_ONCE)))


def communes_of(officer: User) -> list[str]:
    """Return the communes in which this person may decide now: those of an officer, and none without that role."""
    return communes_of_officer(officer.id) if Role.OFFICER in staff_roles(officer.id) else []


def unused() -> Photos:
    """Select the photos that have public copies and that nothing public shows."""
    return select(Photo.digest, Photo.width).where(Photo.public_since.is_not(None), ~_shown()).order_by(Photo.digest)


def is_unused(digest: str) -> bool:
    """Say whether this photo still has public copies that nothing public shows."""
    return db.session.execute(unused().where(Photo.digest == digest)).first() is not None


def missing() -> Photos:
    """Select the photos that something public shows and that have no public copies; broken ones are left out."""
    hidden = Photo.public_since.is_(None) & (Photo.state != PhotoState.FAILED)
    return select(Photo.digest, Photo.width).where(hidden, _shown()).order_by(Photo.digest)


def _shown() -> ColumnElement[bool]:
    """Public goods show the photos of their approved revision, active sellers their own photo."""
    of_goods = products.public(RevisionPhoto.digest).join(
        RevisionPhoto, RevisionPhoto.revision_id == ProductRevision.id
    )
    of_sellers = select(Cooperative.photo_digest).where(
        Cooperative.state == CooperativeState.ACTIVE, Cooperative.photo_digest.is_not(None)
    )
    return Photo.digest.in_(of_goods) | Photo.digest.in_(of_sellers)
