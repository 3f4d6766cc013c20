"""A product as its readers see it: plain values, for the shop, the seller's preview and the officer's review."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import aliased

from cooperatives.models import Cooperative, Kind
from cooperatives.photos.models import Photo
from cooperatives.photos.names import PrivateView, PublicView, photo_view, private_view
from products.catalogue import category_name, orderable, ship_class_name, unit_name
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.packs import base_unit, pack_text
from products.season import in_season, next_season, season_text, this_month
from shop.core.db import db
from shop.core.i18n import gettext as _
from shop.core.quantity import price_per_base
from shop.places.models import Commune


class Said(NamedTuple):
    """A text and its language; `lang` is '' where it is the reader's own, "vi" where Vietnamese stands in."""

    text: str
    lang: str


class PlaceView(NamedTuple):
    """A commune as pages name it and as carriers count from it."""

    code: str
    name: str
    short_name: str
    kind: str
    province_code: str


@dataclass(frozen=True)
class SellerView:
    """Who sells, as far as buyers must and may know (Law 19/2023, article 37: name, place, phone, register)."""

    code: str
    slug: str
    name: str
    kind_name: str
    hamlet: str
    phone: str  # E.164
    registration_number: str | None
    tax_code: str | None  # of organisations; a person's own number stays private
    commune: PlaceView
    picture: PublicView | None


@dataclass(frozen=True)
class PackView:
    """One pack that is sold: price in đồng, amount in base units, packs that may still be promised."""

    sku_code: str
    price: int
    unit: str  # code: goi
    word: str  # "gói"
    text: str  # "gói 500 g"
    amount: int
    base: str  # g, ml or piece
    free: int

    @property
    def per_base(self) -> tuple[int, str] | None:
        """(đồng, kg | l | piece) to compare packs with; None where the pack is that unit itself."""
        in_unit = price_per_base(self.price, self.amount, self.base)
        return None if in_unit[0] == self.price else in_unit


@dataclass(frozen=True)
class ProductView:
    """Everything a page says about a product in one revision."""

    code: str
    slug: str
    name: Said
    summary: Said
    story: Said
    category: str
    category_name: str
    packs: list[PackView]
    orderable: bool
    ship_class: str
    ship_class_name: str
    season: str
    in_season: bool
    next_season: str
    net_grams: int | None
    packed_grams: int | None
    shelf_life_days: int | None
    facts: dict[str, Said]  # storage, ingredients, usage, warning
    pictures: list[PublicView | PrivateView]
    seller: SellerView
    public: bool

    @property
    def sold_out(self) -> bool:
        """True where there is nothing left to order now."""
        return self.orderable and not any(pack.free > 0 for pack in self.packs)

    @property
    def paragraphs(self) -> list[str]:
        """The story in paragraphs."""
        return [part.strip() for part in self.story.text.split("\n") if part.strip()]


FACTS = ("ingredients", "usage", "storage", "warning")
_TAX_CODE_OF_A_PERSON = 12  # digits: the citizen's personal number (domain facts, section 4)
_OWN, _VI = aliased(RevisionText, name="own_words"), aliased(RevisionText, name="vi_words")
_FACE = aliased(Photo, name="face")
_R, _C = ProductRevision, Cooperative
_COLUMNS = (
    *(Product.id.label("product_id"), Product.code.label("code"), Product.slug.label("slug")),
    *(_R.id.label("revision_id"), _R.category, _R.type_code, _R.ship_class, _R.season_months, _R.facts),
    *(_R.net_grams, _R.packed_grams, _R.shelf_life_days),
    *(_R.pack_word, _R.pack_amount, _R.proposed_price, _R.proposed_quantity),
    *(_VI.name.label("vi_name"), _VI.summary.label("vi_summary"), _VI.story.label("vi_story")),
    *(_OWN.name.label("own_name"), _OWN.summary.label("own_summary"), _OWN.story.label("own_story")),
    *(_C.code.label("seller_code"), _C.slug.label("seller_slug"), _C.name.label("seller_name"), _C.kind, _C.hamlet),
    *(_C.contact_phone, _C.registration_number, _C.tax_code),
    *(Commune.code.label("commune_code"), Commune.name.label("commune_name"), Commune.short_name),
    *(Commune.kind.label("commune_kind"), Commune.province_code),
    *(_FACE.digest.label("face"), _FACE.width.label("face_width"), _FACE.height.label("face_height")),
)


def product_view(revision_id: int, lang: str, public: bool) -> ProductView | None:
    """Return the product as this revision tells it in `lang`, or None where there is no such revision.

    Three queries. `public`: addresses of pictures that anybody may open, price and stock as they are sold;
    else private addresses, and what the revision proposes.
    """
    found = db.session.execute(
        select(*_COLUMNS)
        .select_from(ProductRevision)
        .join(Product, Product.id == ProductRevision.product_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .join(Commune, Commune.code == Cooperative.commune_code)
        .outerjoin(_VI, (_VI.revision_id == ProductRevision.id) & (_VI.lang == "vi"))
        .outerjoin(_OWN, (_OWN.revision_id == ProductRevision.id) & (_OWN.lang == lang))
        .outerjoin(_FACE, (_FACE.digest == Cooperative.photo_digest) & _FACE.public_since.is_not(None))
        .where(ProductRevision.id == revision_id)
    ).first()
    return _view(found, lang, public) if found else None


def _view(row: Any, lang: str, public: bool) -> ProductView:
    view_of, month = (photo_view if public else private_view), this_month()
    return ProductView(
        code=row.code,
        slug=row.slug,
        name=said(row.own_name, row.vi_name, lang),
        summary=said(row.own_summary, row.vi_summary, lang),
        story=said(row.own_story, row.vi_story, lang),
        category=row.category,
        category_name=category_name(row.category, lang),
        packs=_packs(row, lang, public),
        orderable=orderable(row.ship_class, row.type_code),
        ship_class=row.ship_class,
        ship_class_name=ship_class_name(row.ship_class, lang),
        season=season_text(row.season_months),
        in_season=in_season(row.season_months, month),
        next_season=next_season(row.season_months, month),
        net_grams=row.net_grams,
        packed_grams=row.packed_grams,
        shelf_life_days=row.shelf_life_days,
        facts=_facts(row.facts or {}, lang),
        pictures=[view_of(photo.digest, photo.width, photo.height) for photo in _photos(row.revision_id)],
        seller=_seller(row),
        public=public,
    )


def kind_names() -> dict[Any, str]:
    """Return the three legal shapes of a seller in words."""
    return {Kind.COOPERATIVE: _("Cooperative"), Kind.GROUP: _("Household group"), Kind.HOUSEHOLD: _("Household")}


def said(own: str | None, vietnamese: str | None, lang: str) -> Said:
    """Return the reader's own words, or the Vietnamese ones where there are none."""
    if own or not vietnamese:
        return Said(own or "", "")
    return Said(vietnamese, "vi" if lang != "vi" else "")


def _facts(facts: dict[str, Any], lang: str) -> dict[str, Said]:
    told = {name: facts[name] for name in FACTS if isinstance(facts.get(name), dict)}
    return {name: said(words.get(lang), words.get("vi"), lang) for name, words in told.items()}


def _packs(row: Any, lang: str, public: bool) -> list[PackView]:
    """Return what is sold; in a preview the first pack is as the revision proposes it."""
    sold = [
        (sku.code, sku.price, sku.pack_word, sku.pack_amount, sku.on_hand - sku.held)
        for sku in db.session.execute(
            select(Sku.code, Sku.price, Sku.pack_word, Sku.pack_amount, Sku.on_hand, Sku.held)
            .where(Sku.product_id == row.product_id, Sku.retired_at.is_(None))
            .order_by(Sku.position, Sku.id)
        )
    ]
    if not public and row.proposed_price:
        first = sold[0] if sold else ("", 0, row.pack_word, row.pack_amount or 1, row.proposed_quantity or 0)
        sold[:1] = [(first[0], row.proposed_price, *first[2:])]
    return [
        PackView(code, price, word, unit_name(word, lang), pack_text(word, amount, lang), amount, base_unit(word), free)
        for code, price, word, amount, free in sold
    ]


def _photos(revision_id: int) -> list[Any]:
    return list(
        db.session.execute(
            select(Photo.digest, Photo.width, Photo.height)
            .join(RevisionPhoto, RevisionPhoto.digest == Photo.digest)
            .where(RevisionPhoto.revision_id == revision_id)
            .order_by(RevisionPhoto.position)
        )
    )


def _seller(row: Any) -> SellerView:
    tax_code = row.tax_code if row.tax_code and len(row.tax_code) != _TAX_CODE_OF_A_PERSON else None
    return SellerView(
        code=row.seller_code,
        slug=row.seller_slug,
        name=row.seller_name,
        kind_name=kind_names()[row.kind],
        hamlet=row.hamlet,
        phone=row.contact_phone,
        registration_number=row.registration_number,
        tax_code=tax_code,
        commune=PlaceView(row.commune_code, row.commune_name, row.short_name, row.commune_kind, row.province_code),
        picture=photo_view(row.face, row.face_width, row.face_height) if row.face else None,
    )
