"""What waits for an officer, seen only through his communes; and the kept decisions."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Membership
from cooperatives.photos.models import Photo, PhotoState
from products import queries as products
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText
from products.review.models import Decision
from products.search.models import SearchEntry
from shop.accounts.models import User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db
from shop.core.paging import Keyset
from shop.core.text import fold
from shop.places.models import Commune

Photos = Select[str, int]  # digest and width
QUEUE = Keyset(ProductRevision.submitted_at, ProductRevision.id)
PER_PAGE = 50


def waiting(communes: Collection[str], officer: User, *, edits: bool | None = None) -> Select[Any]:
    """Select what waits in some communes, one row a revision with all that the queue shows; read by QUEUE.

    `edits`: True only changes of what is live, False only new goods. Suspended sellers' goods wait unseen.
    """
    photos = select(func.count()).where(RevisionPhoto.revision_id == ProductRevision.id).scalar_subquery()
    cover, others = aliased(RevisionPhoto), aliased(Product)
    columns = (
        *(ProductRevision.id, ProductRevision.submitted_at, ProductRevision.number, Product.code),
        *(ProductRevision.type_code, ProductRevision.pack_word, ProductRevision.pack_amount),
        *(ProductRevision.proposed_price, ProductRevision.ship_class),
        *(RevisionText.name, Cooperative.name.label("seller"), Commune.name.label("commune")),
        *(Photo.digest, Photo.width, Photo.height, photos.label("photos")),
        Product.approved_revision_id.is_not(None).label("is_edit"),
        exists().where(Decision.revision_id == ProductRevision.id).label("came_back"),
        (~exists().where(others.cooperative_id == Cooperative.id, others.approved_revision_id.is_not(None))).label(
            "new_seller"
        ),
        exists().where(Membership.cooperative_id == Cooperative.id, Membership.user_id == officer.id).label("is_own"),
    )
    return (
        _waiting(columns, communes, edits)
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(RevisionText, (RevisionText.revision_id == ProductRevision.id) & (RevisionText.lang == "vi"))
        .outerjoin(cover, (cover.revision_id == ProductRevision.id) & (cover.position == 0))
        .outerjoin(Photo, Photo.digest == cover.digest)
    )


def counts(communes: Collection[str]) -> list[tuple[str, str, bool, int]]:
    """Return (commune code, commune name, is it a change of what is live, how many wait), by commune name."""
    is_edit = Product.approved_revision_id.is_not(None)
    rows = db.session.execute(
        _waiting((Commune.code, Commune.name, is_edit, func.count()), communes, None)
        .join(Commune, Commune.code == Cooperative.commune_code)
        .group_by(Commune.code, Commune.name, Commune.sort_key, is_edit)
        .order_by(Commune.sort_key)
    )
    return [(code, name, bool(edit), number) for code, name, edit, number in rows]


def _waiting(columns: Any, communes: Collection[str], edits: bool | None) -> Select[Any]:
    found = (
        select(*columns)
        .select_from(ProductRevision)
        .join(Product, Product.id == ProductRevision.product_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(
            ProductRevision.state == RevisionState.SUBMITTED,
            Cooperative.state == CooperativeState.ACTIVE,
            Cooperative.commune_code.in_(list(communes)),
        )
    )
    if edits is not None:
        live = Product.approved_revision_id
        found = found.where(live.is_not(None) if edits else live.is_(None))
    return found


def product_for(officer: User, code: str) -> Select[Product]:
    """Select the product with this public code, if it is in the communes this officer answers for now."""
    return (
        select(Product)
        .join(Product.cooperative)
        .where(Product.code == code, Cooperative.commune_code.in_(communes_of_officer(officer.id)))
        .options(
            joinedload(Product.cooperative).joinedload(Cooperative.commune),
            joinedload(Product.approved).joinedload(ProductRevision.voice),
        )
    )


def as_sent(product: Product, number: int) -> ProductRevision | None:
    """Return the revision that has this number and was sent; drafts are nobody's business but their writers'."""
    return db.session.scalar(
        select(ProductRevision)
        .where(
            ProductRevision.product_id == product.id,
            ProductRevision.number == number,
            ProductRevision.state.not_in((RevisionState.DRAFT, RevisionState.PAST)),
        )
        .options(joinedload(ProductRevision.voice))
    )


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
        .options(joinedload(Decision.officer))
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
