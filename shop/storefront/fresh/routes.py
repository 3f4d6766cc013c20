"""The feed over HTTP: the newest goods, in each language; without prices, for readers keep entries for ever."""

from datetime import datetime
from typing import NamedTuple

from flask import Blueprint, current_app, render_template
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.core import clock
from shop.core.i18n import current_language
from shop.core.present import origin
from shop.storefront.cards import product_path, root
from shop.storefront.fresh import queries
from shop.storefront.pages import shared

bp = Blueprint("storefront_fresh", __name__)
ENTRIES = 30


class Entry(NamedTuple):
    """One of the goods, as a reader shows it."""

    key: str  # the address under which it is known whatever it is called: readers show no entry twice
    url: str
    name: str
    name_lang: str
    summary: str
    seller: str
    place: str
    since: datetime
    photo: str


@bp.get("/new.atom")
@public
def feed() -> Response:
    """Give the newest goods as Atom (RFC 4287)."""
    lang = current_language()
    entries = [_entry(lang, row) for row in queries.newest(lang, ENTRIES)]
    updated = max((one.since for one in entries), default=clock.now().replace(microsecond=0))
    here = f"{origin()}{root(lang)}"
    text = render_template("shop/storefront/fresh/feed.xml", entries=entries, updated=updated, here=here)
    return shared(current_app.response_class(text, mimetype="application/atom+xml"))


def _entry(lang: str, row: queries.Fresh) -> Entry:
    url = origin() + product_path(lang, row.slug, row.code)
    photo = origin() + row.photo.url(max(row.photo.widths), "jpg") if row.photo else ""
    known = origin() + product_path("vi", "", row.code)
    words = row.name.text, row.name.lang or lang, row.summary.text
    return Entry(known, url, *words, row.seller, row.place, row.since, photo)
