"""The service worker of the public's pages, and the page for one that is not on the phone."""

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.core import page
from shop.core.i18n import known
from shop.core.workers import service_worker

bp = Blueprint("storefront_offline", __name__)

NEEDED = ("css/all.css", "img/icons.svg", "js/main.js", "js/pages-kept.js")
A_DAY = 86_400


@bp.get("/pages-worker.js")
@public
def worker() -> Response:
    """Give the worker: another one for each build of the static files and each language (?lang=)."""
    lang = known(request.args.get("lang"))
    return service_worker("shop/storefront/offline/worker.js", NEEDED, offline=url_for(".offline", lang=lang))


@bp.get("/offline")
@public
def offline() -> str:
    """Say that there is no network and that the page is not on this phone; the phone lists those that are."""
    g.language = known(request.args.get("lang"))
    page.cacheable(A_DAY)
    return render_template("shop/storefront/offline/offline.html")
