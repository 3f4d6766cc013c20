"""What a phone keeps to begin without a network: the service worker and the form with nothing in it."""

from typing import Any

from flask import Blueprint, g, request, url_for
from werkzeug.wrappers import Response

from products.forms import ProductForm
from products.pages import Shown, draft_page
from shop.accounts.access import public
from shop.core.assets import SOURCE
from shop.core.i18n import known
from shop.core.workers import service_worker
from shop.notices.push.words import shown

bp = Blueprint("phone", __name__)
NEEDED = (
    "css/all.css",
    "img/icons.svg",
    "js/main.js",
    *("js/pages-worker.js", "js/pages-kept.js", "js/stepper.js"),
    "js/product-form.js",
    *sorted(f"js/phone/{path.name}" for path in (SOURCE / "js" / "phone").glob("*.js")),
)
# Empty pages that take the place of a member's own ones where there is no network; phone/worker.js says of which.
SHELLS = {"goods": "phone.shell", "orders": "desk_packing.shell"}


@bp.get("/sw.js")
@public
def worker() -> Response:
    """Give the service worker: another one for each build of the static files and each language (?lang=)."""
    lang = known(request.args.get("lang"))
    shells = {name: url_for(endpoint, lang=lang) for name, endpoint in SHELLS.items()}
    offline = url_for("storefront_offline.offline", lang=lang)
    values = {"shells": shells, "lang": lang, "offline": offline, "told": shown(lang)}
    return service_worker("products/phone/sw.js", NEEDED, **values)


@bp.get("/my/products/shell")
@public
def shell() -> Any:
    """Draw the form for nobody in particular; the phone fills it with what it keeps."""
    g.language = known(request.args.get("lang"))
    return draft_page(Shown(cooperative=None), ProductForm(), owner=None)
