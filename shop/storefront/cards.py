"""Cards of products and sellers, drawn once for the values they show and kept: no card can be out of date."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple

from flask import current_app
from jinja2 import Environment
from markupsafe import Markup

from products.catalogue import CATEGORIES, orderable
from products.packs import pack_text
from products.season import in_season, is_over, this_month
from products.views import kind_names, said
from shop.core.i18n import LANGUAGES
from shop.core.i18n import gettext as _
from shop.core.kept import marks
from shop.core.text import slugify
from shop.storefront.pictures import card_picture
from shop.storefront.queries import CardRow
from shop.storefront.sellers import SellerRow

KEPT = 4096  # cards of about 1.5 kB


def root(lang: str) -> str:
    """Return what addresses of public pages begin with: '' for Vietnamese, /en, /hi."""
    return "" if lang == LANGUAGES[0] else f"/{lang}"


def product_path(lang: str, slug: str, code: str) -> str:
    """Return the address of a product's page; written by hand, for a page has many of them."""
    return f"{root(lang)}/products/{slug or slugify('')}-{code}"


def seller_path(lang: str, slug: str, code: str) -> str:
    """Return the address of a seller's page."""
    return f"{root(lang)}/producers/{slug or slugify('')}-{code}"


def cards(rows: Iterable[CardRow], lang: str, *, level: int = 3, leads: bool = False) -> list[Markup]:
    """Return the cards of these products in the language of the page, their names as headings of `level`.

    `leads`: they come first on the page, so the pictures of the first two are loaded at once.
    """
    here, month, rows = _here(lang), this_month(), list(rows)
    marks.shows(row.product_id for row in rows)
    return [_card(here, month, row, level, place if leads and place < 2 else -1) for place, row in enumerate(rows)]


def seller_cards(rows: Iterable[SellerRow], lang: str) -> list[Markup]:
    """Return the cards of these sellers in the language of the page."""
    return [_seller(_here(lang), row) for row in rows]


def chips(lang: str, current: str = "") -> Markup:
    """Return the links to all categories, the current one marked."""
    return _chips(_here(lang), current)


class _Here(NamedTuple):
    """For whom a piece is drawn: the app, by its templates, and the language of the page."""

    env: Environment
    lang: str

    def macro(self, file: str, name: str) -> Any:
        """Return a macro of a template, which speaks the language of the page and knows no other value."""
        return getattr(self.env.get_template(file).module, name)


def _here(lang: str) -> _Here:
    return _Here(current_app.jinja_env, lang)


@lru_cache(maxsize=KEPT)
def _card(here: _Here, month: int, row: CardRow, level: int, place: int) -> Markup:
    gone = _gone(row)
    name = said(row.own_name, row.name, here.lang)
    return here.macro("macros/cards.html", "product_card")(
        product_path(here.lang, row.slug, row.code),
        name.text,
        card_picture(row.digest, row.width, row.height),
        row.price,
        unit=pack_text(row.pack_word, row.pack_amount, here.lang),
        was=row.usual_price,
        until=row.sale_until,
        place=row.place,
        note=_("In season") if in_season(row.season_months, month, row.season_word) else "",
        name_lang=name.lang,
        gone=gone,
        first=place == 0,
        eager=place == 1,
        level=level,
    )


def _gone(row: CardRow) -> str:
    """Why it cannot be put into the cart, in words; '' where it can."""
    if not orderable(row.ship_class, row.type_code):
        return _("Order by telephone")
    if is_over(row.season_word):
        return _("The season is over")
    return _("Out of stock for now") if row.free <= 0 else ""


@lru_cache(maxsize=KEPT)
def _seller(here: _Here, row: SellerRow) -> Markup:
    picture = card_picture(row.digest, row.width, row.height)
    url, kind = seller_path(here.lang, row.slug, row.code), kind_names()[row.kind]
    return here.macro("macros/seller.html", "seller_card")(row.name, url, kind, row.place, picture, level=3)


@lru_cache(maxsize=256)
def _chips(here: _Here, current: str) -> Markup:
    links = [(code, one.names[here.lang], f"{root(here.lang)}/categories/{code}") for code, one in CATEGORIES.items()]
    return here.macro("macros/cards.html", "category_chips")(links, current)
