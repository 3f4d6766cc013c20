"""The pictures over HTTP: drawn when first asked for, then kept; gone with the page they belong to."""

import re

from flask import Blueprint, abort, current_app, redirect
from werkzeug.wrappers import Response

from cooperatives.photos.names import PublicView
from products.views import product_view
from shop.accounts.access import public
from shop.core import page
from shop.core.codes import read_public_code
from shop.core.present import settings, storage
from shop.storefront import queries, sellers
from shop.storefront.sharing import names
from shop.storefront.sharing.drawing import Card, draw
from shop.storefront.sharing.names import PHOTO_RENDITION, Shared

bp = Blueprint("storefront_sharing", __name__)
DIGEST = re.compile(r"[0-9a-f]{32}")
YEAR = 365 * 86_400


@bp.get("/shared/<any(products, producers, home):kind>/<code>-<digest>.jpg")
@public
def picture(kind: str, code: str, digest: str) -> Response:
    """Give the picture of a page that is public now; an older address leads to today's picture."""
    shared, card = _FINDERS[kind](code) if DIGEST.fullmatch(digest) else abort(404)
    if digest != shared.digest:
        return redirect(shared.path, 302)
    page.cacheable(YEAR)
    answer = current_app.response_class(_drawn(shared, card), mimetype="image/jpeg")
    answer.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # made to be shown on other sites
    return answer


def _of_product(code: str) -> tuple[Shared, Card]:
    standing = queries.standing(read_public_code(code))
    if standing is None or not standing.public or standing.revision_id is None:
        abort(404)
    view = product_view(standing.revision_id, "vi", public=True) or abort(404)
    return names.of_product(view, standing.revision_id), names.product_card(view)


def _of_producer(code: str) -> tuple[Shared, Card]:
    seller = sellers.producer(read_public_code(code), "vi") or abort(404)
    return names.of_producer(seller), names.producer_card(seller)


def _of_home(code: str) -> tuple[Shared, Card]:
    if code != settings().home_province:
        abort(404)
    return names.of_home(), names.home_card()


_FINDERS = {"products": _of_product, "producers": _of_producer, names.HOME: _of_home}


def _drawn(shared: Shared, card: Card) -> bytes:
    """Return the kept file, or draw it and keep it in place of the one before."""
    try:
        return storage().get(shared.file)
    except FileNotFoundError:
        photo = _photo(shared.photo)
    data = draw(card, photo)
    if photo is not None or shared.photo is None:  # else it is drawn again once the photo is there
        for older in list(storage().list(shared.folder)):
            storage().delete(older)
        storage().put(shared.file, data, "image/jpeg")
    return data


def _photo(view: PublicView | None) -> bytes | None:
    if view is None:
        return None
    width = max(one for one in view.widths if one <= PHOTO_RENDITION)
    try:
        return storage().get("public/" + view.url(width, "jpg").removeprefix("/media/"))
    except FileNotFoundError:
        return None
