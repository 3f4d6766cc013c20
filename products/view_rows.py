"""The rows that a product's view is made of; the selects are built once, what varies is a bound parameter."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, literal, null, select, union_all
from sqlalchemy.orm import aliased

from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from products.models import Product, ProductRevision, RevisionPack, RevisionPhoto, RevisionText, Sku
from shop.core.db import db
from shop.places.models import Commune

_OWN, _VI = aliased(RevisionText, name="own_words"), aliased(RevisionText, name="vi_words")
_FACE = aliased(Photo, name="face")
_ORIGIN = aliased(Commune, name="origin")
_R, _C = ProductRevision, Cooperative
_COLUMNS = (
    *(Product.id.label("product_id"), Product.code.label("code"), Product.slug.label("slug"), Product.season_word),
    *(_R.id.label("revision_id"), _R.state, _R.category, _R.type_code, _R.ship_class, _R.season_months, _R.facts),
    *(_R.net_grams, _R.packed_grams, _R.length_cm, _R.width_cm, _R.height_cm, _R.shelf_life_days),
    *(_R.alcohol_permille, _R.least_packs, _R.step_packs, _R.weighed_within),
    *(_R.pack_word, _R.pack_amount, _R.proposed_price, _R.proposed_quantity),
    *(_VI.name.label("vi_name"), _VI.summary.label("vi_summary"), _VI.story.label("vi_story")),
    *(_OWN.name.label("own_name"), _OWN.summary.label("own_summary"), _OWN.story.label("own_story")),
    *(_C.code.label("seller_code"), _C.slug.label("seller_slug"), _C.name.label("seller_name"), _C.kind, _C.hamlet),
    *(_C.contact_phone, _C.registration_number, _C.tax_code),
    *(Commune.code.label("commune_code"), Commune.name.label("commune_name"), Commune.short_name),
    *(Commune.kind.label("commune_kind"), Commune.province_code),
    func.coalesce(_ORIGIN.name, Commune.name).label("origin"),
    *(_FACE.digest.label("face"), _FACE.width.label("face_width"), _FACE.height.label("face_height")),
)


def of_revision(revision_id: int, lang: str) -> Any:
    """Return the row of a revision with its product, seller, place and words, or None."""
    return db.session.execute(_of_revision(), {"revision_id": revision_id, "lang": lang}).first()


def packs(product_id: int) -> Iterable[Any]:
    """Return (code, price, pack_word, pack_amount, on_hand, held) of the packs that are sold, in their order."""
    return db.session.execute(_packs_of(), {"product_id": product_id})


def packs_after(product_id: int, revision_id: int) -> Iterable[Any]:
    """Return the packs that are sold, and behind them the complete ones that a revision would add, without a code."""
    return db.session.execute(_packs_with_proposed(), {"product_id": product_id, "revision_id": revision_id})


def photos(revision_id: int) -> Iterable[Any]:
    """Return (digest, width, height) of the photos of a revision, in their order."""
    return db.session.execute(_photos_of(), {"revision_id": revision_id})


@cache
def _of_revision() -> Any:
    own = (_OWN.revision_id == ProductRevision.id) & (_OWN.lang == bindparam("lang"))
    return (
        select(*_COLUMNS)
        .select_from(ProductRevision)
        .join(Product, Product.id == ProductRevision.product_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(_ORIGIN, _ORIGIN.code == ProductRevision.origin_commune)
        .outerjoin(_VI, (_VI.revision_id == ProductRevision.id) & (_VI.lang == "vi"))
        .outerjoin(_OWN, own)
        .outerjoin(_FACE, (_FACE.digest == Cooperative.photo_digest) & _FACE.public_since.is_not(None))
        .where(ProductRevision.id == bindparam("revision_id"))
    )


@cache
def _packs_of() -> Any:
    return _sold().order_by(Sku.position, Sku.id)


@cache
def _packs_with_proposed() -> Any:
    row, code, none = RevisionPack, literal("").label("code"), literal(0).label("held")
    complete = row.price.is_not(None), row.pack_amount.is_not(None), row.pack_word != ""
    columns = (row.price, row.pack_word, row.pack_amount, func.coalesce(row.quantity, 0).label("on_hand"), none)
    place = literal(1).label("proposed"), row.number.label("place")
    no_sale = null().label("usual_price"), null().label("sale_until")
    proposed = select(code, *columns, *no_sale, *place).where(row.revision_id == bindparam("revision_id"), *complete)
    both = union_all(_sold().add_columns(literal(0).label("proposed"), Sku.position.label("place")), proposed)
    return both.order_by("proposed", "place")


def _sold() -> Any:
    columns = (Sku.code, Sku.price, Sku.pack_word, Sku.pack_amount, Sku.on_hand, Sku.held)
    return select(*columns, Sku.usual_price, Sku.sale_until).where(
        Sku.product_id == bindparam("product_id"), Sku.retired_at.is_(None)
    )


@cache
def _photos_of() -> Any:
    return (
        select(Photo.digest, Photo.width, Photo.height)
        .join(RevisionPhoto, RevisionPhoto.digest == Photo.digest)
        .where(RevisionPhoto.revision_id == bindparam("revision_id"))
        .order_by(RevisionPhoto.position)
    )
