"""The photos of a draft over HTTP: one photo a request, each answer a page, or the strip for our script."""

from typing import Any

from flask import Blueprint, abort, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from cooperatives.photos import services as keeping
from products import policies, queries
from products.fields import MOST_PHOTOS
from products.models import Product
from products.pages import Shown
from products.photos import services
from products.routes import mine, wants_json
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.decoding import master_in_child
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.images import BadPhoto, Fault
from shop.core.paging import page_number
from shop.core.pixels import MAX_BYTES, Master

bp = Blueprint("product_photos", __name__)
AROUND_A_PHOTO = 100_000  # bytes of a request that are not the photo
DRAINED = 60 * 1024 * 1024  # of a refused upload this much is read away, so that the browser shows our sentence


@bp.url_value_preprocessor
def _let_a_photo_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Only the upload may bring a whole photo; set before anything reads the form."""
    if endpoint == f"{bp.name}.photos":
        request.max_content_length = MAX_BYTES + AROUND_A_PHOTO


@bp.errorhandler(RequestEntityTooLarge)
def _too_heavy(problem: RequestEntityTooLarge) -> Any:
    """Over the limit the draft stays, with a sentence at the photo."""
    code = (request.view_args or {}).get("code", "")
    if db.session.scalar(queries.one_for(me(), code)) is None:
        return problem.get_response()
    drain()
    return _answer(code, problem=BadPhoto(Fault.TOO_HEAVY), status=413)


def drain() -> None:
    """Read a refused upload away, as much as DRAINED of it."""
    left = min(request.content_length or 0, DRAINED)
    while left > 0 and (read := request.environ["wsgi.input"].read(min(left, 65_536))):
        left -= len(read)


@bp.route("/my/products/<code>/photos", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def photos(code: str) -> Any:
    """Show the photos of a draft; a post adds one."""
    product = mine(code)
    if request.method == "GET":
        return _answer(code)
    if wants_json() and product.draft_key and request.headers["X-Draft-Key"] != product.draft_key:
        return _answer(code, problem=Conflict(_l("This page belongs to other goods. Open it again.")))
    try:
        master = _master(product)
        keeping.save_files(current_app.extensions["storage"], master)
        with writing():
            product = _locked(code)
            keeping.add(product.cooperative, me(), master)
            services.add(product, master.digest, me())
    except DomainError as problem:
        return _answer(code, problem=problem)
    return _done(code)


def _master(product: Product) -> Master:
    """Read and decode the one photo of this request; raises a DomainError with the sentence for the person."""
    sent = [file for file in request.files.getlist("photo") if file.filename]
    if not sent:
        raise Invalid("photo", _l("Choose a photo first."))
    if len(sent) > 1:
        raise Invalid("photo", _l("Send the photos one by one."))
    draft = queries.open_revision(product)
    if policies.is_sent(draft):
        raise Conflict(_l("An officer is reading this now. Take it back first, then change it."))
    if draft is not None and len(draft.photos) >= MOST_PHOTOS:
        raise Invalid("photo", _l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS))
    return master_in_child(sent[0].read())


@bp.get("/my/products/<code>/photos/progress")
@role_required(Role.MEMBER)
def progress(code: str) -> Any:
    """Say, in JSON, which photos still wait to be prepared: {"waiting": [digests]}."""
    answer = jsonify(waiting=[photo.digest for photo in Shown.of(mine(code)).photos if photo.waits])
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/my/products/<code>/photos/order")
@role_required(Role.MEMBER)
def order(code: str) -> Any:
    """Make a photo the cover, or move it one place."""
    how = request.form.get("how", "")
    if how not in {"cover", "earlier", "later"}:
        abort(404)
    return _change(code, lambda product, digest: services.move(product, digest, how, me()))


@bp.post("/my/products/<code>/photos/removal")
@role_required(Role.MEMBER)
def removal(code: str) -> Any:
    """Take a photo out; the answer offers to put it back."""
    return _change(code, lambda product, digest: services.remove(product, digest, me()), removed=True)


@bp.post("/my/products/<code>/photos/restoration")
@role_required(Role.MEMBER)
def restoration(code: str) -> Any:
    """Put a photo back where it was."""
    place = page_number(request.form, "position") - 1
    return _change(code, lambda product, digest: services.add(product, digest, me(), place))


def _change(code: str, verb: Any, *, removed: bool = False) -> Any:
    mine(code)
    digest = request.form.get("digest", "")
    try:
        with writing():
            place = verb(_locked(code), digest)
    except DomainError as problem:
        return _answer(code, problem=problem)
    return _done(code, undo=(digest, place + 1) if removed else None)


def _locked(code: str) -> Product:
    return db.session.execute(queries.one_for(me(), code)).scalar_one()


def _done(code: str, undo: tuple[str, int] | None = None) -> Any:
    if wants_json():
        return _answer(code, undo=undo)
    page.say(_("The photo is deleted.") if undo else _("The photos are kept."))
    back: dict[str, Any] = {"removed": undo[0], "position": undo[1]} if undo else {}
    return redirect(url_for(".photos", code=code, **back))


def _answer(
    code: str, *, problem: DomainError | None = None, undo: tuple[str, int] | None = None, status: int = 200
) -> Any:
    """Draw the page, or for our script the strip in JSON: {"strip", "count", "error"}."""
    shown = Shown.of(mine(code))
    status = problem.status if problem and status == 200 else status
    error = str(problem.sentence) if problem else ""
    if wants_json():
        strip = render_template("products/photos/_strip.html", shown=shown, undo=undo, by_script=True)
        return jsonify(strip=strip, count=len(shown.photos), error=error), status
    taken_out = request.args.get("removed", "")
    if taken_out and taken_out not in {photo.digest for photo in shown.photos}:
        undo = (taken_out, page_number(request.args, "position"))
    sent = policies.is_sent(shown.draft)
    return render_template(
        "products/photos/photos.html", shown=shown, undo=undo, error=error, sent=sent, most=MOST_PHOTOS
    ), status
