"""The service worker of cart and checkout, and the page for a step that did not get through."""

from flask import Blueprint, current_app, g, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.core import page
from shop.core.i18n import known

bp = Blueprint("cart_kept", __name__)

NEEDED = ("css/all.css", "img/icons.svg", "js/main.js", "js/stepper.js", "js/cart-kept.js")
A_DAY = 86_400


@bp.get("/cart-worker.js")
@public
def worker() -> Response:
    """Give the worker: another one for each build of the static files and each language (?lang=)."""
    lang = known(request.args.get("lang"))
    asset, settings = current_app.jinja_env.globals["asset"], current_app.extensions["settings"]
    files = [asset(path) for path in (*NEEDED, settings.logo)]
    offline = url_for(".offline", lang=lang)
    script = render_template("shop/cart/kept/worker.js", files=files, offline=offline, lang=lang)
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/cart/offline")
@public
def offline() -> str:
    """Say that a step did not get through and that nothing is lost; the worker keeps this page and fills its form."""
    g.language = known(request.args.get("lang"))
    page.cacheable(A_DAY)
    return render_template("shop/cart/kept/offline.html")
