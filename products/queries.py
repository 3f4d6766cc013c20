"""Reading products: the public through `public()`, members through their cooperative."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Select, select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from cooperatives.queries import open_to
from cooperatives.requirements.facts import Goods
from products.lifecycle import OPEN_STATES, Shelf
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText
from shop.accounts.models import User
from shop.core.db import db


def public(*columns: Any) -> Select[Any]:
    """Select from what buyers, feeds, search, sitemap and channels may see; nothing public reads otherwise.

    `columns` may come from Product, ProductRevision (the approved one) and Cooperative, which are joined.
    """
    return (
        select(*columns)
        .select_from(Product)
        .join(ProductRevision, ProductRevision.id == Product.approved_revision_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .where(Product.shelf == Shelf.ON_SALE, Cooperative.state == CooperativeState.ACTIVE)
    )


def of_person(user: User) -> Select[Product]:
    """Select the products of the cooperatives that are open to a person now."""
    return select(Product).where(Product.cooperative_id.in_(open_to(user)))


def one_for(user: User, code: str) -> Select[Product]:
    """Select the product with this public code, if the person's cooperative has it."""
    return of_person(user).where(Product.code == code)


def open_revision(product: Product) -> ProductRevision | None:
    """Return the revision being written or under review, or None."""
    return db.session.scalar(
        select(ProductRevision).where(ProductRevision.product_id == product.id, ProductRevision.state.in_(OPEN_STATES))
    )


def words(revision_id: int, lang: str) -> RevisionText | None:
    """Return the words of a revision in `lang`, or the Vietnamese ones (shown with lang="vi")."""
    found = {
        row.lang: row
        for row in db.session.scalars(
            select(RevisionText).where(RevisionText.revision_id == revision_id, RevisionText.lang.in_((lang, "vi")))
        )
    }
    return found.get(lang) or found.get("vi")


def lock(product: Product) -> None:
    """Take the product's row for this transaction and read it afresh: changes of one product come one by one."""
    taken = select(Product).where(Product.id == product.id).with_for_update()
    db.session.scalars(taken.execution_options(populate_existing=True)).one()  # what is not fetched is not read


def by_draft_key(draft_key: str) -> Product | None:
    """Return the product that a form began with this key, or None; `p-CODE` names one that no form began."""
    own = Product.code == draft_key.removeprefix("p-") if draft_key.startswith("p-") else Product.draft_key == draft_key
    return db.session.scalar(select(Product).where(own))


def last_revision(product: Product) -> ProductRevision | None:
    """Return the newest revision of a product."""
    return db.session.scalar(
        select(ProductRevision)
        .where(ProductRevision.product_id == product.id)
        .order_by(ProductRevision.number.desc())
        .limit(1)
    )


def last_number(product: Product) -> int:
    """Return the number of the newest revision; 0 when there is none."""
    newest = last_revision(product)
    return newest.number if newest else 0


def photos_of(revision_ids: Iterable[int]) -> dict[int, list[Photo]]:
    """Return the photos of some revisions, each list in its order; revisions without photos are left out."""
    rows = db.session.execute(
        select(RevisionPhoto.revision_id, Photo)
        .join(Photo, Photo.digest == RevisionPhoto.digest)
        .where(RevisionPhoto.revision_id.in_(list(revision_ids)))
        .order_by(RevisionPhoto.revision_id, RevisionPhoto.position)
    )
    found: dict[int, list[Photo]] = {}
    for revision_id, photo in rows:
        found.setdefault(revision_id, []).append(photo)
    return found


def goods_of_seller(cooperative_id: int) -> Goods:
    """Return how far a seller is with goods, for what is asked of it."""
    rows = db.session.execute(
        select(Product.id, ProductRevision.category, ProductRevision.submitted_at)
        .join(ProductRevision, ProductRevision.product_id == Product.id)
        .where(Product.cooperative_id == cooperative_id, Product.shelf != Shelf.WITHDRAWN)
    ).all()
    sent = {key for key, _category, submitted_at in rows if submitted_at}
    return Goods(len({row.id for row in rows}), len(sent), frozenset(row.category for row in rows if row.category))
