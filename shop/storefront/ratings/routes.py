"""All ratings of a product or of a seller: the pages behind the newest few."""

from typing import Any

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from products.views import product_view
from shop.accounts.access import public
from shop.core.codes import read_public_code
from shop.core.i18n import current_language
from shop.core.paging import LAST_PAGE, page_number
from shop.core.present import origin
from shop.ratings import shown
from shop.ratings.shown import Stars
from shop.ratings.words import who
from shop.storefront import queries, sellers
from shop.storefront.cards import product_path, seller_path
from shop.storefront.pages import public_page

bp = Blueprint("storefront_ratings", __name__)
PER_PAGE = 20


@bp.get("/products/<code>/ratings")
@public
def of_product(code: str) -> Response:
    """List the ratings of goods on sale."""
    lang, standing = current_language(), queries.standing(read_public_code(code))
    if standing is None or not standing.public or standing.revision_id is None:
        abort(404)
    view = product_view(standing.revision_id, lang, public=True) or abort(404)
    number = _within(standing.stars)
    return _page(
        standing.stars,
        shown.of_product(standing.product_id, PER_PAGE, (number - 1) * PER_PAGE),
        number,
        name=view.name.text,
        back=product_path(lang, view.slug, view.code),
    )


@bp.get("/producers/<code>/ratings")
@public
def of_producer(code: str) -> Response:
    """List the ratings of all goods of a seller."""
    lang = current_language()
    seller = sellers.producer(read_public_code(code), lang) or abort(404)
    number = _within(seller.stars)
    return _page(
        seller.stars,
        shown.of_seller(seller.id, PER_PAGE, (number - 1) * PER_PAGE),
        number,
        name=seller.name,
        back=seller_path(lang, seller.slug, seller.code),
        goods=True,
    )


def _page(stars: Stars, rated: list[shown.Shown], number: int, **values: Any) -> Response:
    def page_url(page: int) -> str:
        return url_for(str(request.endpoint), **{**(request.view_args or {}), **({"page": page} if page > 1 else {})})

    return public_page(
        "shop/storefront/ratings/ratings.html",
        stars=stars,
        rated=rated,
        who=who,
        number=number,
        pages=_pages(stars),
        page_url=page_url,
        canonical_url=f"{origin()}{page_url(number)}",
        **values,
    )


def _within(stars: Stars) -> int:
    return min(page_number(request.args), _pages(stars))


def _pages(stars: Stars) -> int:
    return max(1, min(-(-stars.total // PER_PAGE), LAST_PAGE))
