"""What a page of the public tells machines in its head: a description, the picture that others show, and data."""

from collections.abc import Sequence
from typing import Any

from flask import current_app, url_for

from products.certificates.shown import Shown
from products.views import ProductView
from shop.core.i18n import current_language
from shop.core.present import origin, settings
from shop.ratings.shown import Stars
from shop.storefront import structured
from shop.storefront.cards import product_path, seller_path
from shop.storefront.sellers import Producer
from shop.storefront.sharing import names as sharing

_LONGEST = 160  # characters of a description: more is cut by who shows it


def of_home() -> dict[str, Any]:
    """Return the values of the first page: who the market is."""
    here = settings()
    logo = current_app.jinja_env.globals["asset"](here.logo)
    data = structured.market_data(here.market_name, origin(), logo, here.hotline)
    return {"structured": [data], "shared": sharing.of_home(), "shared_as": "website"}


def of_product(view: ProductView, revision_id: int, papers: Sequence[Shown], stars: Stars) -> dict[str, Any]:
    """Return the values of a product's page: the goods with each pack's offer, and the way to them."""
    lang, site = current_language(), origin()
    url = site + product_path(lang, view.slug, view.code)
    seller = site + seller_path(lang, view.seller.slug, view.seller.code)
    category = site + url_for("storefront_lists.category", code=view.category)
    return {
        "description": _short(view.summary.text or view.name.text),
        "shared": sharing.of_product(view, revision_id),
        "shared_as": "product",
        "structured": [
            structured.product_data(view, url, seller, site, papers=papers, stars=stars),
            structured.trail([(view.category_name, category), (view.name.text, url)]),
        ],
    }


def of_producer(seller: Producer, papers: Sequence[Shown]) -> dict[str, Any]:
    """Return the values of a seller's page."""
    url = origin() + seller_path(current_language(), seller.slug, seller.code)
    data = structured.seller_data(seller, url, origin(), papers)
    return {"structured": [data], "shared": sharing.of_producer(seller), "shared_as": "profile"}


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3].rsplit(' ', 1)[0]}…"
