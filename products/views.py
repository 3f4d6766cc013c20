"""A product as its readers see it: plain values, for the shop, the seller's preview and the officer's review."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from cooperatives.models import Kind
from cooperatives.photos.models import Photo
from cooperatives.photos.names import PrivateView, PublicView, photo_view, private_view
from products import view_rows as rows
from products.allergens import allergen_names
from products.catalogue import category_name, orderable, ship_class_name, unit_name
from products.fields import LABEL_TEXTS
from products.lifecycle import RevisionState
from products.packs import Steps, base_unit, compared, pack_text, steps_sentence
from products.season import in_season, is_over, next_season, season_text, this_month
from products.weighing import Weighed
from shop.core.formats import show_money, show_permille
from shop.core.i18n import gettext as _


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
    tax_code: str | None  # of organisations: a person's own number is not kept there
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
    usual: int | None = None  # in a sale: the price it returns to
    until: date | None = None  # and its last local day
    weighed: Weighed | None = None  # when it is packed; None: sold as it is

    @property
    def per_base(self) -> str:
        """The price of a kilogram, litre or piece in words; '' where the pack is that unit itself."""
        return compared(self.price, self.amount, self.base)


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
    season_over: bool  # the seller said so: nothing can be ordered
    net_grams: int | None
    packed_grams: int | None
    size_cm: tuple[int, int, int] | None  # length, width, height when packed
    shelf_life_days: int | None
    alcohol: str  # "12,5%"; '' where there is none or nothing was said
    allergens: str
    origin: str
    steps: Steps
    facts: dict[str, Said]  # storage, ingredients, usage, warning
    pictures: list[PublicView | PrivateView]
    seller: SellerView
    public: bool

    @property
    def sold_out(self) -> bool:
        """True where there is nothing left to order now."""
        return self.orderable and not any(self.most(pack) for pack in self.packs)

    def most(self, pack: PackView) -> int:
        """Return the most packs of a kind that may be ordered now; 0 for none, and once the season is over."""
        return 0 if self.season_over else self.steps.within(pack.free)

    @property
    def pack_list(self) -> str:
        """The packs in words, with their prices where there are several."""
        if len(self.packs) < 2:
            return "".join(pack.text for pack in self.packs)
        return "; ".join(f"{pack.text}: {show_money(pack.price)}" for pack in self.packs)

    @property
    def order_rule(self) -> str:
        """How many packs may be ordered, in words; '' where any number may."""
        return steps_sentence(self.steps)

    @property
    def paragraphs(self) -> list[str]:
        """The story in paragraphs."""
        return [part.strip() for part in self.story.text.split("\n") if part.strip()]


def product_view(
    revision_id: int, lang: str, public: bool, photos: Sequence[Photo] | None = None
) -> ProductView | None:
    """Return the product as this revision tells it in `lang`, or None where there is no such revision.

    Three queries. `public`: addresses of pictures that anybody may open, price and stock as they are sold;
    else private addresses, and what the revision proposes. `photos`: those of the revision, where the caller has
    them already.
    """
    found = rows.of_revision(revision_id, lang)
    return _view(found, lang, public, photos) if found else None


def _view(row: Any, lang: str, public: bool, photos: Sequence[Photo] | None) -> ProductView:
    view_of, month = (photo_view if public else private_view), this_month()
    shown = rows.photos(row.revision_id) if photos is None else photos
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
        in_season=in_season(row.season_months, month, row.season_word),
        next_season=next_season(row.season_months, month),
        season_over=is_over(row.season_word),
        net_grams=row.net_grams,
        packed_grams=row.packed_grams,
        size_cm=_size(row),
        shelf_life_days=row.shelf_life_days,
        alcohol=show_permille(row.alcohol_permille) if row.alcohol_permille else "",
        allergens=allergen_names((row.facts or {}).get("allergens", []), lang),
        origin=row.origin,
        steps=Steps.of(row.least_packs, row.step_packs),
        facts=_facts(row.facts or {}, lang),
        pictures=[view_of(photo.digest, photo.width, photo.height) for photo in shown],
        seller=_seller(row),
        public=public,
    )


def _size(row: Any) -> tuple[int, int, int] | None:
    sides = (row.length_cm, row.width_cm, row.height_cm)
    return None if None in sides else sides


def kind_names() -> dict[Any, str]:
    """Return the three legal shapes of a seller in words."""
    return {Kind.COOPERATIVE: _("Cooperative"), Kind.GROUP: _("Household group"), Kind.HOUSEHOLD: _("Household")}


def said(own: str | None, vietnamese: str | None, lang: str) -> Said:
    """Return the reader's own words, or the Vietnamese ones where there are none."""
    if own or not vietnamese:
        return Said(own or "", "")
    return Said(vietnamese, "vi" if lang != "vi" else "")


def _facts(facts: dict[str, Any], lang: str) -> dict[str, Said]:
    told = {name: facts[name] for name in LABEL_TEXTS if isinstance(facts.get(name), dict)}
    return {name: said(words.get(lang), words.get("vi"), lang) for name, words in told.items()}


def _packs(row: Any, lang: str, public: bool) -> list[PackView]:
    """Return what is sold; in a preview as the revision proposes it: the first pack's price, and the other packs."""
    adds = not public and row.state is not RevisionState.APPROVED
    found = rows.packs_after(row.product_id, row.revision_id) if adds else rows.packs(row.product_id)
    sold = [
        (sku.code, sku.price, sku.pack_word, sku.pack_amount, sku.on_hand - sku.held, sku.usual_price, sku.sale_until)
        for sku in found
    ]
    if not public and row.proposed_price:
        live = bool(sold and sold[0][0])
        first = (
            sold[0] if live else ("", 0, row.pack_word, row.pack_amount or 1, row.proposed_quantity or 0, None, None)
        )
        sold[: int(live)] = [(first[0], row.proposed_price, *first[2:5], None, None)]
    told = (row.pack_word, row.pack_amount), row.net_grams, row.weighed_within
    return [
        PackView(
            *(code, price, word, unit_name(word, lang), pack_text(word, amount, lang), amount, base_unit(word)),
            *(free, usual, until, Weighed.of((word, amount), *told)),
        )
        for code, price, word, amount, free, usual, until in sold
    ]


def _seller(row: Any) -> SellerView:
    return SellerView(
        code=row.seller_code,
        slug=row.seller_slug,
        name=row.seller_name,
        kind_name=kind_names()[row.kind],
        hamlet=row.hamlet,
        phone=row.contact_phone,
        registration_number=row.registration_number,
        tax_code=row.tax_code,
        commune=PlaceView(row.commune_code, row.commune_name, row.short_name, row.commune_kind, row.province_code),
        picture=photo_view(row.face, row.face_width, row.face_height) if row.face else None,
    )
