"""The service worker of cart and checkout, and the page for a step that did not get through."""

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.core import page
from shop.core.i18n import known
from shop.core.workers import service_worker

bp = Blueprint("cart_kept", __name__)

NEEDED = ("css/all.css", "img/icons.svg", "js/main.js", "js/stepper.js", "js/cart-kept.js")
A_DAY = 86_400


@bp.get("/cart-worker.js")
@public
def worker() -> Response:
    """Give the worker: another one for each build of the static files and each language (?lang=)."""
    lang = known(request.args.get("lang"))
    return service_worker("shop/cart/kept/worker.js", NEEDED, offline=url_for(".offline", lang=lang), lang=lang)


@bp.get("/cart/offline")
@public
def offline() -> str:
    """Say that a step did not get through and that nothing is lost; the worker keeps this page and fills its form."""
    g.language = known(request.args.get("lang"))
    page.cacheable(A_DAY)
    return render_template("shop/cart/kept/offline.html")
