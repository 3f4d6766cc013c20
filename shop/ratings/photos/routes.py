"""Photos of a rating over HTTP: one photo a post, from the buyer's page of the rating."""

import secrets
from typing import Any

from flask import Blueprint, abort, current_app, redirect, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from products.photos.routes import AROUND_A_PHOTO, drain
from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.core import page
from shop.core.db import writing
from shop.core.decoding import master_in_child
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.images import BadPhoto, Fault
from shop.core.networks import network_of
from shop.core.pixels import MAX_BYTES, Master
from shop.ratings.photos import queries, services
from shop.ratings.photos.models import MOST_PHOTOS
from shop.ratings.photos.names import file_name
from shop.ratings.routes import AN_HOUR, Bought, bought, shown

bp = Blueprint("rating_photos", __name__)
PHOTOS_AN_HOUR = 30


@bp.url_value_preprocessor
def _let_a_photo_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Only the upload may bring a whole photo; set before anything reads the form."""
    if endpoint == f"{bp.name}.add":
        request.max_content_length = MAX_BYTES + AROUND_A_PHOTO


@bp.errorhandler(RequestEntityTooLarge)
def _too_heavy(_problem: RequestEntityTooLarge) -> Any:
    """Over the limit the rating stays, with a sentence at the photo."""
    drain()
    return shown(_rated(**(request.view_args or {})), error=str(BadPhoto(Fault.TOO_HEAVY).sentence)), 413


@bp.post("/purchases/<token>/orders/<code>/ratings/<product>/photos")
@public
def add(token: str, code: str, product: str) -> Any:
    """Add one photo."""
    it = _rated(token, code, product)
    throttle.count(f"rating-photo:{network_of(request.remote_addr)}", PHOTOS_AN_HOUR, AN_HOUR)
    storage, key = current_app.extensions["storage"], secrets.token_hex(32)
    try:
        master = _master(it)
        services.save_file(storage, key, master)
        with writing():
            rating = _rated(token, code, product).rating or abort(404)
            is_new = services.add(rating, key, master, maybe_me())
    except DomainError as problem:
        storage.delete(file_name(key))
        return shown(_rated(token, code, product), error=str(problem.sentence)), problem.status
    if not is_new:
        storage.delete(file_name(key))
    page.say(_("The photo is added. It is shown in a minute."))
    return redirect(url_for("ratings.rating", token=token, code=code, product=product))


@bp.post("/purchases/<token>/orders/<code>/ratings/<product>/photos/removal")
@public
def removal(token: str, code: str, product: str) -> Any:
    """Take one photo out."""
    _rated(token, code, product)
    try:
        with writing():
            rating = _rated(token, code, product).rating or abort(404)
            services.remove(rating, request.form.get("photo", ""), maybe_me())
    except Conflict as problem:
        return shown(_rated(token, code, product), error=str(problem.sentence)), problem.status
    page.say(_("The photo is deleted."))
    return redirect(url_for("ratings.rating", token=token, code=code, product=product))


def _rated(token: str, code: str, product: str) -> Bought:
    it = bought(token, code, product)
    return it if it.rating is not None else abort(404)


def _master(it: Bought) -> Master:
    """Read and decode the one photo of this request; raises a DomainError with the sentence for the person."""
    sent = [file for file in request.files.getlist("photo") if file.filename]
    if not sent:
        raise Invalid("photo", _l("Choose a photo first."))
    if len(sent) > 1:
        raise Invalid("photo", _l("Send the photos one by one."))
    if it.rating is not None and len(queries.standing(it.rating)) >= MOST_PHOTOS:
        raise Invalid("photo", services.TOO_MANY)
    return master_in_child(sent[0].read())
