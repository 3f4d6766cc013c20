"""The pages of the public: home, product, seller, commune."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from cooperatives.dispatch.queries import calendar_of
from cooperatives.dispatch.words import closed_line
from cooperatives.photos.names import photo_view
from products import catalogue
from products.certificates import shown as certificates
from products.counts import visits
from products.season import month_name, this_month
from products.views import kind_names, product_view
from shop.accounts.access import public
from shop.core import clock
from shop.core.codes import read_public_code
from shop.core.i18n import current_language
from shop.core.kept import marks
from shop.core.paging import LAST_PAGE, page_number
from shop.core.present import origin, settings
from shop.places.names import in_sentence, shown_name
from shop.places.queries import province
from shop.storefront import beside, heads, queries, rated, sellers
from shop.storefront.cards import cards, chips, product_path, seller_cards, seller_path
from shop.storefront.delivery import examples
from shop.storefront.pages import not_on_sale, public_page

bp = Blueprint("storefront", __name__)
bp.context_processor(lambda: {"place_name": shown_name})

PER_PAGE = 24
CARDS = 12  # on the home page in all: what a phone pays for when it is read to the end
SEASONAL, SELLERS, SIMILAR = 8, 6, beside.SHOWN


@bp.get("/")
@public
def home() -> Response:
    lang, month = current_language(), this_month()
    seasonal = queries.in_season(month, SEASONAL)
    newest = [one for one in queries.newest(CARDS) if one not in seasonal][: CARDS - len(seasonal)]
    shown = cards(queries.by_ids(lang, [*seasonal, *newest]), lang, leads=True)
    here = province(settings().home_province)
    return public_page(
        "shop/storefront/home.html",
        province=here.short_name if here else "",
        chips=chips(lang),
        month=month_name(month),
        seasonal=shown[: len(seasonal)],
        newest=shown[len(seasonal) :],
        sellers=seller_cards(sellers.newest(SELLERS), lang),
        **heads.of_home(),
    )


@bp.get("/products/<slug>-<code>")
@public
def product(slug: str, code: str) -> Response:
    lang, standing = current_language(), queries.standing(read_public_code(code))
    if standing is None or standing.revision_id is None:
        abort(404)
    if not standing.public:
        return _gone(lang, standing)
    view = product_view(standing.revision_id, lang, public=True)
    if view is None or not view.packs:
        abort(404)
    address = product_path(lang, view.slug, view.code)
    if request.path != address:
        return redirect(address, 301)
    calendar = standing.calendar
    owner = standing.product_id, standing.cooperative_id
    papers = certificates.of_product(*owner) if standing.has_papers else []
    near = beside.of_product(lang, *owner)
    marks.shows([standing.product_id])
    visits.seen_again(standing.product_id)
    answer = public_page(
        "shop/storefront/product.html",
        view=view,
        seller_url=seller_path(lang, view.seller.slug, view.seller.code),
        delivery=examples(view, lang, calendar.wait(clock.now())),
        closed=closed_line(calendar),
        papers=papers,
        **rated.of_product(standing, view.code),
        together=cards(near.together, lang),
        similar=cards(near.similar, lang),
        more=cards(near.of_seller, lang),
        **heads.of_product(view, standing.revision_id, papers, standing.stars),
    )
    return visits.seen(answer, standing.product_id, standing.cooperative_id)


def _gone(lang: str, standing: queries.Standing) -> Response:
    code = standing.category or ""
    like = beside.like(lang, standing.product_id)
    more = queries.of_category(lang, code, SIMILAR) if len(like) < SIMILAR else []
    known = {row.product_id for row in like}
    like += [row for row in more if row.product_id not in known][: SIMILAR - len(like)]
    return not_on_sale(
        "shop/storefront/gone.html",
        410 if standing.withdrawn else 404,
        withdrawn=standing.withdrawn,
        category_name=catalogue.category_name(code, lang),
        category_url=url_for("storefront_lists.category", code=code),
        similar=cards(like, lang),
    )


@bp.get("/producers/<slug>-<code>")
@public
def producer(slug: str, code: str) -> Response:
    lang, seller = current_language(), sellers.producer(read_public_code(code), current_language())
    if seller is None:
        abort(404)
    address = seller_path(lang, seller.slug, seller.code)
    if request.path != address:
        return redirect(address, 301)
    total = queries.count_of_seller(seller.id)
    number = _within(page_number(request.args), total)
    rows = queries.of_seller(lang, seller.id, PER_PAGE, (number - 1) * PER_PAGE)
    papers = certificates.of_seller(seller.id)
    return public_page(
        "shop/storefront/producer.html",
        seller=seller,
        kind=kind_names()[seller.kind],
        picture=photo_view(*seller.photo) if seller.photo else None,
        papers=papers,
        closed=closed_line(calendar_of(seller.id)),
        total=total,
        **rated.of_seller(seller),
        **heads.of_producer(seller, papers),
        shown=cards(rows, lang, leads=seller.photo is None),
        canonical_url=_canonical(number),
        **_paging(number, total),
    )


@bp.get("/communes/<code>")
@public
def commune(code: str) -> Response:
    lang, place = current_language(), sellers.commune(code, settings().home_province)
    if place is None:
        abort(404)
    total = queries.count_of_commune(place.code)
    number = _within(page_number(request.args), total)
    rows = queries.of_commune(lang, place.code, PER_PAGE, (number - 1) * PER_PAGE)
    return public_page(
        "shop/storefront/commune.html",
        place=place,
        said=in_sentence(place.name) if lang == "vi" else shown_name(place),
        older=sellers.older_names(place.code),
        sellers=seller_cards(sellers.of_commune(place.code), lang),
        total=total,
        shown=cards(rows, lang, level=2, leads=True),
        canonical_url=_canonical(number),
        **_paging(number, total),
    )


def _within(number: int, total: int) -> int:
    """Return a page that exists: beyond the end it is the last one."""
    return max(1, min(number, -(-total // PER_PAGE), LAST_PAGE))


def _paging(number: int, total: int) -> dict[str, Any]:
    here: dict[str, Any] = dict(request.view_args or {})

    def page_url(page: int) -> str:
        return url_for(str(request.endpoint), **here | ({"page": page} if page > 1 else {}))

    return {"number": number, "pages": max(1, -(-total // PER_PAGE)), "page_url": page_url}


def _canonical(number: int) -> str:
    return f"{origin()}{request.path}{f'?page={number}' if number > 1 else ''}"
