"""robots.txt and the sitemap: an index, and files of addresses in Vietnamese, each page naming its other languages."""

from collections.abc import Iterable

from flask import Blueprint, abort, current_app, render_template, url_for
from werkzeug.wrappers import Response

from cooperatives.lessons.catalogue import ORDER
from cooperatives.photos.names import PublicView
from products.catalogue import CATEGORIES
from shop.accounts.access import public
from shop.core.i18n import LANGUAGES
from shop.core.present import origin
from shop.storefront.cards import product_path, seller_path
from shop.storefront.pages import shared
from shop.storefront.sitemap import queries

bp = Blueprint("sitemap", __name__)

# Pages that are somebody's own, or endless.
CLOSED = ("/account", "/cart", "/checkout", "/desk", "/my/", "/notices", "/orders/", "/pay/", "/purchases/", "/review/",
          "/sign-in", "/sign-up", "/search", "/en/search", "/hi/search", "/webhooks/")  # fmt: skip
_PAGES = ("storefront.home", "storefront_about.about", "storefront_about.how_to_buy", "storefront_about.how_to_sell",
          "storefront_about.privacy", "storefront_about.ranking", "storefront_lessons.index")  # fmt: skip
_VI = LANGUAGES[0]


@bp.get("/robots.txt")
@public
def robots() -> Response:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "", f"Sitemap: {origin()}/sitemap.xml", ""]
    return shared(current_app.response_class("\n".join(lines), mimetype="text/plain"))


@bp.get("/sitemap.xml")
@public
def index() -> Response:
    names = ["pages", "producers", *(f"products-{number}" for number in range(1, queries.product_files() + 1))]
    return _xml("shop/storefront/sitemap/index.xml", [origin() + url_for(".part", name=name) for name in names])


@bp.get("/sitemaps/<name>.xml")
@public
def part(name: str) -> Response:
    if name == "pages":
        return _urls((address, "", "") for address in _fixed())
    if name == "producers":
        return _urls(_told(seller_path(_VI, one.slug, one.code), one) for one in queries.of_producers())
    kind, _dash, number = name.partition("-")
    if kind != "products" or not (number.isascii() and number.isdecimal() and len(number) < 6):
        abort(404)
    found = queries.of_products(int(number)) if int(number) else []
    if not found:
        abort(404)
    return _urls(_told(product_path(_VI, one.slug, one.code), one) for one in found)


def _fixed() -> Iterable[str]:
    yield from (url_for(endpoint, lang=_VI) for endpoint in _PAGES)
    yield from (url_for("storefront_lessons.show", code=code, lang=_VI) for code in ORDER)
    yield from (url_for("storefront_lists.category", code=code, lang=_VI) for code in CATEGORIES)
    yield from (url_for("storefront.commune", code=code, lang=_VI) for code in queries.of_communes())


def _told(path: str, place: queries.Place) -> tuple[str, str, str]:
    return path, f"{place.changed:%Y-%m-%d}" if place.changed else "", _photo(place.photo) if place.photo else ""


def _photo(view: PublicView) -> str:
    return view.url(max(view.widths), "jpg")


def _urls(places: Iterable[tuple[str, str, str]]) -> Response:
    """Draw one file of (path, last day of change, path of a photo); '' where there is none."""
    here = origin()
    told = [(here + path, changed, here + photo if photo else "") for path, changed, photo in places]
    return _xml("shop/storefront/sitemap/urls.xml", told)


def _xml(template: str, places: object) -> Response:
    text = render_template(template, places=places)
    return shared(current_app.response_class(text, mimetype="application/xml"))
