"""A category and a search: lists of goods with facets, in one form that works without scripts."""

from typing import Any

from flask import Blueprint, abort, request, url_for
from werkzeug.wrappers import Response

from products import catalogue
from products.search.queries import MOST, Found, How, find
from shop.accounts.access import public
from shop.core.i18n import current_language
from shop.core.paging import LAST_PAGE, page_number
from shop.core.present import origin
from shop.storefront import misses
from shop.storefront import queries as storefront
from shop.storefront.cards import cards, chips
from shop.storefront.lists import queries, words
from shop.storefront.lists.asked import CATEGORY, FACETS, Asked, price_asked, read
from shop.storefront.lists.queries import Narrowed, narrowed
from shop.storefront.pages import public_page
from shop.storefront.statements import SORTS

bp = Blueprint("storefront_lists", __name__)

PER_PAGE = 24
SOME = 8  # of what comes near, where nothing was found
KEPT = 1  # filters of a page that is kept: with more of them there are more pages than visitors


@bp.get("/categories/<code>")
@public
def category(code: str) -> Response:
    """Show one category, narrowed by what its address asks."""
    if code not in catalogue.CATEGORIES:
        abort(404)
    lang = current_language()
    asked = read(request.args, facets=tuple(one for one in FACETS if one != CATEGORY), sorts=SORTS)
    chosen = narrowed(asked, category=code)
    total, number = chosen.facets.total, _within(page_number(request.args), chosen.facets.total)
    rows = queries.cards(lang, chosen, asked.sort or SORTS[0], PER_PAGE, (number - 1) * PER_PAGE) if total else []
    return public_page(
        "shop/storefront/category.html",
        kept=chosen.asked.narrows <= KEPT,
        code=code,
        name=catalogue.category_name(code, lang),
        chips=chips(lang, code),
        shown=cards(rows, lang, level=2, leads=True),
        canonical_url=f"{origin()}{request.path}{f'?page={number}' if number > 1 and not chosen.asked.narrows else ''}",
        **_narrowing(chosen, SORTS, {}),
        **_paging(number, total, chosen.asked.address()),
    )


@bp.get("/search")
@public
def search() -> Response:
    """Show what a text means, narrowed by what the address asks; else what comes near."""
    lang, text = current_language(), request.args.get("q", "")[:200]
    found = find(text, limit=MOST)
    answer = _hits(lang, text, found) if found.ids else _nothing(lang, text, found)
    return misses.counted(answer, text) if found.how is How.NOTHING else answer


def _hits(lang: str, text: str, found: Found) -> Response:
    sorts = ("", *SORTS)
    chosen = narrowed(read(request.args, facets=FACETS, sorts=sorts), ids=found.ids)
    asked, total = chosen.asked, chosen.facets.total
    number = _within(page_number(request.args), total)
    start = (number - 1) * PER_PAGE
    if asked.narrows or asked.sort:
        rows = queries.cards(lang, chosen, asked.sort, PER_PAGE, start) if total else []
    else:
        rows = storefront.by_ids(lang, found.ids[start : start + PER_PAGE])
    listed = found.how is not How.NEAREST  # the nearest ones are a help, not a list to leaf through
    words_of_it = {"q": text.strip()}
    return public_page(
        "shop/storefront/search.html",
        kept=asked.narrows <= KEPT,
        **_searched(text, found),
        shown=cards(rows, lang, level=2, leads=True),
        more=found.more and not asked.narrows,
        price_off=_here(({"q": found.reading.words} if found.reading.words else {}) | asked.address()),
        **_narrowing(chosen, sorts, words_of_it),
        **_paging(number, total if listed else 0, words_of_it | asked.address()),
    )


def _nothing(lang: str, text: str, found: Found) -> Response:
    # Where nothing costs so little or so much, the same goods at any price come near.
    anyhow = find(found.reading.words, SOME) if found.how is How.NOTHING and found.reading.priced else None
    ids = (anyhow.ids if anyhow else []) or storefront.newest(SOME)
    priced = bool(anyhow and anyhow.ids)  # they stand right under the title, else under a heading of their own
    shown = cards(storefront.by_ids(lang, ids), lang, level=2 if priced else 3)
    return public_page(
        "shop/storefront/search.html", **_searched(text, found), anyhow=anyhow, chips=chips(lang), shown=shown
    )


def _searched(text: str, found: Found) -> dict[str, Any]:
    price = price_asked(found.reading)
    return {"text": text.strip(), "search_text": text.strip(), "found": found, "how": How, "price": price}


def _narrowing(chosen: Narrowed, sorts: tuple[str, ...], more: dict[str, str]) -> dict[str, Any]:
    """Return what `_facets.html` shows; `more` are parameters of each address beside the facets."""
    lang = current_language()

    def address(params: dict[str, str]) -> str:
        return _here(more | params)

    asked: Asked = chosen.asked
    return {
        "narrowed": asked,
        "total": chosen.facets.total,
        "plain": address({"sort": asked.sort} if asked.sort else {}),
        "kept_on": more | ({"sort": asked.sort} if asked.sort else {}),
        "fields": words.fields(chosen, lang),
        "season": words.in_season(chosen),
        "taken_off": words.chips(chosen, lang, address),
        "orders": words.orders(chosen, sorts, address),
    }


def _paging(number: int, total: int, params: dict[str, str]) -> dict[str, Any]:
    def page_url(page: int) -> str:
        return _here(params | ({"page": str(page)} if page > 1 else {}))

    return {"number": number, "pages": max(1, -(-total // PER_PAGE)), "page_url": page_url}


def _here(params: dict[str, str]) -> str:
    values: dict[str, Any] = {**(request.view_args or {}), **params}
    return url_for(str(request.endpoint), **values)


def _within(number: int, total: int) -> int:
    """Return a page that exists: beyond the end it is the last one."""
    return max(1, min(number, -(-total // PER_PAGE), LAST_PAGE))
