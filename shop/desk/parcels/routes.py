"""The photo of a parcel over HTTP: the seller's page, one photo a post, and the picture itself."""

import secrets
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response

from products.photos.routes import AROUND_A_PHOTO, drain
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.decoding import master_in_child
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.images import BadPhoto, Fault
from shop.core.pixels import MAX_BYTES, Master
from shop.desk.orders.routes import mine
from shop.orders.models import Order
from shop.orders.parcels import policies, queries, services
from shop.orders.parcels.names import file_name
from shop.orders.parcels.serving import picture as served
from shop.orders.queries import one_for

bp = Blueprint("desk_parcels", __name__)


@bp.url_value_preprocessor
def _let_a_photo_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Only the upload may bring a whole photo; set before anything reads the form."""
    if endpoint == f"{bp.name}.photo":
        request.max_content_length = MAX_BYTES + AROUND_A_PHOTO


@bp.errorhandler(RequestEntityTooLarge)
def _too_heavy(problem: RequestEntityTooLarge) -> Any:
    """Over the limit what stands stays, with a sentence at the photo."""
    code = (request.view_args or {}).get("code", "")
    found = db.session.scalar(one_for(me(), code))
    if found is None:
        return problem.get_response()
    drain()
    return _page(found, BadPhoto(Fault.TOO_HEAVY)), 413


@bp.route("/my/orders/<code>/photo", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def photo(code: str) -> Any:
    """Show the photo of a parcel; a post adds one, in place of the one before."""
    order = mine(me(), code)
    if request.method == "GET":
        return _page(order)
    storage, key = current_app.extensions["storage"], secrets.token_hex(32)
    try:
        master = _master(order)
        services.save_file(storage, key, master)
        with writing():
            is_new = services.keep(db.session.execute(one_for(me(), code)).scalar_one(), key, master, me())
    except DomainError as problem:
        storage.delete(file_name(key))
        return _page(mine(me(), code), problem), problem.status
    if not is_new:
        storage.delete(file_name(key))
    page.say(_("The photo is kept. The buyer sees it too."))
    return redirect(url_for(".photo", code=code))


@bp.get("/my/orders/<code>/photo.jpg")
@role_required(Role.MEMBER)
def picture(code: str) -> Response:
    """Serve the photo to the seller's people."""
    return served(mine(me(), code))


def _master(order: Order) -> Master:
    """Read and decode the one photo of this request; raises a DomainError with the sentence for the person."""
    why = policies.refusal(order)
    if why:
        raise Conflict(why)
    sent = [file for file in request.files.getlist("photo") if file.filename]
    if not sent:
        raise Invalid("photo", _l("Choose a photo first."))
    if len(sent) > 1:
        raise Invalid("photo", _l("Send the photos one by one."))
    return master_in_child(sent[0].read())


def _page(order: Order, problem: DomainError | None = None) -> str:
    return render_template(
        "shop/desk/parcels/photo.html",
        order=order,
        photo=queries.of(order),
        refusal=policies.refusal(order),
        error=problem.sentence if problem else "",
        shown=shown,
    )
