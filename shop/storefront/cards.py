"""Rows made into what cards show: words, addresses, pictures."""

from collections.abc import Iterable
from typing import NamedTuple

from products.catalogue import orderable
from products.packs import pack_text
from products.season import in_season, this_month
from products.views import Said, kind_names, said
from shop.core.i18n import LANGUAGES
from shop.core.i18n import gettext as _
from shop.core.text import slugify
from shop.storefront.pictures import CardPicture, card_picture
from shop.storefront.queries import CardRow
from shop.storefront.sellers import SellerRow


class Card(NamedTuple):
    """One product in a grid; `note` stands on the photo, `gone` says why it cannot be put into the cart."""

    url: str
    name: Said
    picture: CardPicture | None
    price: int
    unit: str
    place: str
    note: str
    gone: str


class SellerCard(NamedTuple):
    """One seller in a row."""

    url: str
    name: str
    kind: str
    place: str
    picture: CardPicture | None


def root(lang: str) -> str:
    """Return what addresses of public pages begin with: '' for Vietnamese, /en, /hi."""
    return "" if lang == LANGUAGES[0] else f"/{lang}"


def product_path(lang: str, slug: str, code: str) -> str:
    """Return the address of a product's page; written by hand, for a page has many of them."""
    return f"{root(lang)}/products/{slug or slugify('')}-{code}"


def seller_path(lang: str, slug: str, code: str) -> str:
    """Return the address of a seller's page."""
    return f"{root(lang)}/producers/{slug or slugify('')}-{code}"


def cards(rows: Iterable[CardRow], lang: str) -> list[Card]:
    """Return the cards of these products in the language of the page."""
    month, now, gone, call = this_month(), _("In season"), _("Out of stock for now"), _("Order by telephone")

    def card(row: CardRow) -> Card:
        why = gone if row.free <= 0 else ""
        return Card(
            url=product_path(lang, row.slug, row.code),
            name=said(row.own_name, row.name, lang),
            picture=card_picture(row.digest, row.width, row.height),
            price=row.price,
            unit=pack_text(row.pack_word, row.pack_amount, lang),
            place=row.place,
            note=now if in_season(row.season_months, month) else "",
            gone=why if orderable(row.ship_class, row.type_code) else call,
        )

    return [card(row) for row in rows]


def seller_cards(rows: Iterable[SellerRow], lang: str) -> list[SellerCard]:
    """Return the cards of these sellers in the language of the page."""
    kinds = kind_names()
    return [
        SellerCard(
            url=seller_path(lang, row.slug, row.code),
            name=row.name,
            kind=kinds[row.kind],
            place=row.place,
            picture=card_picture(row.digest, row.width, row.height),
        )
        for row in rows
    ]
