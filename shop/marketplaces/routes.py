"""The feeds that channels fetch, and the page where a seller sees what is in them and what is missing."""

import gzip
import hashlib
from collections.abc import Iterable
from contextlib import nullcontext
from tempfile import SpooledTemporaryFile
from typing import IO

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response
from werkzeug.wsgi import FileWrapper

from products.certificates.shown import by_goods
from products.packs import pack_text
from shop.accounts.access import me, public, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.days import seconds_left
from shop.core.db import db
from shop.core.i18n import current_language
from shop.core.paging import Page, page_number
from shop.core.present import origin
from shop.marketplaces import feeds, queries, readiness
from shop.marketplaces.queries import Goods

bp = Blueprint("marketplaces", __name__)

FRESH = 900  # seconds a feed may be shared; channels fetch hourly at most
IN_MEMORY = 4_000_000  # bytes of a feed before it goes to a temporary file
PER_PAGE = 24


@bp.get("/feeds/google.xml")
@public
def google() -> Response:
    """Give Google Merchant Center's product feed."""
    return _file(feeds.google(_listed(), by_goods), "application/xml; charset=utf-8")


@bp.get("/feeds/meta.csv")
@public
def meta() -> Response:
    """Give the catalogue of Facebook and Instagram."""
    return _file(feeds.meta(_listed()), "text/csv; charset=utf-8")


@bp.get("/my/channels")
@role_required(Role.MEMBER)
def index() -> str:
    """Show a member what of the goods stands on other channels, and what each lacks."""
    rows = sorted(((row, _standing(row)) for row in queries.goods_of(me())), key=lambda pair: ORDER.index(pair[1]))
    number, total = page_number(request.args), len(rows)
    number = max(1, min(number, -(-total // PER_PAGE)))
    found = Page(rows[(number - 1) * PER_PAGE : number * PER_PAGE], number, PER_PAGE, total)
    return render_template(
        "shop/marketplaces/index.html",
        page=found,
        page_url=lambda number: url_for(".index", page=number),
        counts={word: sum(standing == word for _row, standing in rows) for word in ORDER},
        hidden=queries.not_public(me()),
        validate=readiness.validate,
        pack=lambda row: pack_text(row.pack_word, row.pack_amount, current_language()),
        files=[("Google", origin() + url_for(".google")), ("Facebook, Instagram", origin() + url_for(".meta"))],
    )


ORDER = ("missing", "better", "listed", "by_phone")  # what needs a hand comes first


def _standing(row: Goods) -> str:
    if not readiness.may_be_sold(row):
        return "by_phone"
    if not readiness.is_listed(row):
        return "missing"
    return "better" if readiness.validate(row) else "listed"


def _listed() -> Iterable[Goods]:
    return (row for row in queries.goods() if readiness.is_listed(row))


def _file(pieces: Iterable[str], kind: str) -> Response:
    """Answer with a file that is made in one pass, then sent: a slow reader keeps no snapshot of the database open."""
    seconds = seconds_left(FRESH)  # what counts until today is gone tomorrow
    page.cacheable(seconds)
    digest, packed = hashlib.sha256(), request.accept_encodings.quality("gzip") > 0
    written: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - the answer closes it
    target = gzip.GzipFile(fileobj=written, mode="wb", compresslevel=5, mtime=0) if packed else nullcontext(written)
    with target as file:
        for piece in pieces:
            data = piece.encode()
            digest.update(data)
            file.write(data)
    db.session.rollback()
    length = written.tell()
    written.seek(0)
    answer = Response(FileWrapper(written), content_type=kind)
    answer.call_on_close(written.close)
    answer.headers["Content-Length"] = str(length)
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    if packed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.set_etag(digest.hexdigest()[:32], weak=True)  # weak: the same, packed or not
    return answer.make_conditional(request)
