"""The spoken note of a draft over HTTP: a page that needs no scripts, or the player alone for our script."""

from typing import Any

from flask import Blueprint, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from cooperatives.voices import services as keeping
from products import policies, queries
from products.models import Product
from products.pages import Shown
from products.routes import mine, wants_json
from products.voices import services
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.sound.notes import MAX_BYTES, MOST_SECONDS, BadVoice, Note, note_of
from shop.core.sound.opus import Fault

bp = Blueprint("product_voices", __name__)
AROUND_A_NOTE = 100_000  # bytes of a request that are not the recording
DRAINED = 20 * 1024 * 1024  # of a refused recording this much is read away, so that the browser shows our sentence


@bp.url_value_preprocessor
def _let_a_note_in(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    request.max_content_length = MAX_BYTES + AROUND_A_NOTE


@bp.errorhandler(RequestEntityTooLarge)
def _too_heavy(problem: RequestEntityTooLarge) -> Any:
    """Over the limit the draft stays, with a sentence at the recording."""
    code = (request.view_args or {}).get("code", "")
    if db.session.scalar(queries.one_for(me(), code)) is None:
        return problem.get_response()
    left = min(request.content_length or 0, DRAINED)
    while left > 0 and (read := request.environ["wsgi.input"].read(min(left, 65_536))):
        left -= len(read)
    return _answer(code, problem=BadVoice(Fault.TOO_HEAVY), status=413)


@bp.route("/my/products/<code>/voice", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def voice(code: str) -> Any:
    """Show the spoken note of a draft; a post brings another one."""
    product = mine(code)
    if request.method == "GET":
        return _answer(code)
    try:
        note = _note(product)
        keeping.save_file(current_app.extensions["storage"], note)
        with writing():
            product = _locked(code)
            keeping.add(product.cooperative, me(), note)
            services.put(product, note.digest, me())
    except DomainError as problem:
        return _answer(code, problem=problem)
    return _done(code, _("The recording is kept."))


def _note(product: Product) -> Note:
    """Read the one recording of this request; raises a DomainError with the sentence for the person."""
    sent = [file for file in request.files.getlist("voice") if file.filename]
    if not sent:
        raise Invalid("voice", _l("Choose a recording first."))
    if policies.is_sent(queries.open_revision(product)):
        raise Conflict(_l("An officer is reading this now. Take it back first, then change it."))
    return note_of(sent[0].read())


@bp.post("/my/products/<code>/voice/removal")
@role_required(Role.MEMBER)
def removal(code: str) -> Any:
    """Take the note out; the answer offers to put it back."""
    return _change(code, services.remove, _("The recording is deleted."), removed=True)


@bp.post("/my/products/<code>/voice/restoration")
@role_required(Role.MEMBER)
def restoration(code: str) -> Any:
    """Put a note back."""
    return _change(code, services.put, _("The recording is kept."))


def _change(code: str, verb: Any, sentence: str, *, removed: bool = False) -> Any:
    mine(code)
    digest = request.form.get("digest", "")
    try:
        with writing():
            verb(_locked(code), digest, me())
    except DomainError as problem:
        return _answer(code, problem=problem)
    return _done(code, sentence, digest if removed else "")


def _locked(code: str) -> Product:
    return db.session.execute(queries.one_for(me(), code)).scalar_one()


def _done(code: str, sentence: str, removed: str = "") -> Any:
    if wants_json():
        return _answer(code, undo=removed)
    page.say(sentence)
    back: dict[str, Any] = {"removed": removed} if removed else {}
    return redirect(url_for(".voice", code=code, **back))


def _answer(code: str, *, problem: DomainError | None = None, undo: str = "", status: int = 200) -> Any:
    """Draw the page, or for our script the player in JSON: {"strip", "digest", "error"}."""
    shown = Shown.of(mine(code))
    status = problem.status if problem and status == 200 else status
    error, note = str(problem.sentence) if problem else "", shown.voice
    if wants_json():
        strip = render_template("products/voices/_note.html", shown=shown, undo=undo, by_script=True)
        return jsonify(strip=strip, digest=note.digest if note else "", error=error), status
    return render_template(
        "products/voices/voice.html",
        shown=shown,
        undo="" if note else request.args.get("removed", ""),
        error=error,
        sent=policies.is_sent(shown.draft),
        most=MOST_SECONDS,
    ), status
