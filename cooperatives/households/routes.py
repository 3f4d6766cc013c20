"""A household without a phone: it agrees aloud, is heard by those who may, and takes its account over later."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from cooperatives.helping.queries import sellers_near
from cooperatives.helping.services import last_moment
from cooperatives.households import queries, services
from cooperatives.households.forms import HouseholdForm, OwnPhoneForm, SpokenForm
from cooperatives.households.sentences import VERSION, sentence
from cooperatives.models import Cooperative
from shop.accounts import throttle
from shop.accounts.access import me, my_roles, role_required
from shop.accounts.forms import CodeForm
from shop.accounts.models import Role
from shop.accounts.services import WRONG_CODE
from shop.core import page
from shop.core.days import day_of
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.core.formats import show_date
from shop.core.i18n import LANGUAGE_NAMES, use_language
from shop.core.i18n import gettext as _
from shop.core.phones import show_phone
from shop.core.sound.notes import MAX_BYTES

bp = Blueprint("households", __name__)
AROUND = 100_000  # bytes of a request that are not the recording
PROOF_SECONDS = 900


@bp.url_value_preprocessor
def _a_recording_may_come(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    request.max_content_length = MAX_BYTES + AROUND


def _sentences(months: str) -> list[tuple[str, str]]:
    """Return (language, sentence to be spoken) for a consent of so many months from today."""
    told, day = [], day_of(last_moment(int(months) if months in {"1", "3", "6", "12"} else 12))
    for lang in LANGUAGE_NAMES:
        with use_language(lang):
            told.append((lang, sentence(VERSION, lang, me().name, show_date(day))))
    return told


@bp.route("/helping/households/new", methods=["GET", "POST"])
@role_required(Role.HELPER)
def new() -> Response | str:
    """Begin a household that agrees aloud."""
    form = HouseholdForm.of_request()
    form.offer(queries.communes_near(me()))
    if request.method == "GET" and me().phone:
        form.phone.data = show_phone(me().phone or "")
    if form.accepted():
        throttle.count(f"household:{me().id}", 20, 3600)
        try:
            note = form.note()
            services.save_file(current_app.extensions["storage"], note)
            with writing():
                services.begin(me(), form.household(), note, int(form.months.data))
        except DomainError as problem:
            form.refuse(Invalid("voice", problem.sentence))
        else:
            page.say(_("Sent. An officer of the commune hears the recording and answers."))
            return redirect(url_for("helping.index"))
    return render_template(
        "cooperatives/households/new.html", form=form, sentences=_sentences(form.months.data or "12")
    )


@bp.route("/helping/sellers/<code>/recording", methods=["GET", "POST"])
@role_required(Role.HELPER)
def agree(code: str) -> Response | str:
    """Let a seller whose people cannot sign in agree aloud once more."""
    near = sellers_near(me()).where(Cooperative.code == code)
    seller: Cooperative = db.one_or_404(near)
    if queries.manager_without_phone(seller) is None:
        abort(404)
    form = SpokenForm.of_request()
    if form.accepted():
        try:
            note = form.note()
            services.save_file(current_app.extensions["storage"], note)
            with writing():
                services.agree(db.session.execute(near).scalar_one(), me(), note, int(form.months.data))
        except DomainError as problem:
            form.refuse(Invalid("voice", problem.sentence))
        else:
            page.say(_("The recording is kept."))
            return redirect(url_for("helping.index"))
        seller = db.one_or_404(near)
    return render_template(
        "cooperatives/households/agree.html", form=form, seller=seller, sentences=_sentences(form.months.data or "12")
    )


@bp.get("/consents/<code>/recording")
def recording(code: str) -> Response:
    """Serve a spoken consent to the household, its officer or an admin; each hearing is kept."""
    chosen = queries.audible_to(me(), my_roles(), code)
    digest = db.one_or_404(chosen).voice_digest or ""
    if request.headers.get("Range", "bytes=0-").startswith("bytes=0-"):
        with writing():
            services.heard(db.one_or_404(chosen), me())
    try:
        data = current_app.extensions["storage"].get(services.file_name(digest))
    except FileNotFoundError:
        abort(404)
    answer = Response(data, mimetype=services.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = "inline"
    return answer.make_conditional(request, accept_ranges=True, complete_length=len(data))


def _proofs() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="household-phone")


@bp.route("/consents/<code>/phone", methods=["GET", "POST"])
@role_required(Role.HELPER, Role.OFFICER)
def phone(code: str) -> Response | str:
    """Ask for the phone a household has now, and send it a code."""
    chosen = queries.without_account(me(), my_roles(), code)
    consent = db.one_or_404(chosen)
    form = OwnPhoneForm.of_request()
    if form.accepted():
        number = form.phone.data or ""
        throttle.count(f"household-phone:{me().id}", 20, 3600)
        throttle.count(f"code-to:{number}", 5, 3600)
        with writing():
            services.send_phone_code(db.one_or_404(chosen), number)
        return _ask_code(code, number, CodeForm())
    return render_template("cooperatives/households/phone.html", form=form, consent=consent)


def _ask_code(code: str, number: str, form: CodeForm) -> str:
    consent = db.one_or_404(queries.without_account(me(), my_roles(), code))
    proof = _proofs().dumps([code, number])
    return render_template("cooperatives/households/code.html", form=form, consent=consent, phone=number, proof=proof)


@bp.post("/consents/<code>/account")
@role_required(Role.HELPER, Role.OFFICER)
def account(code: str) -> Response | str:
    """Take the code that the household reads out; the account is theirs from then on."""
    chosen = queries.without_account(me(), my_roles(), code)
    db.one_or_404(chosen)
    try:
        named, number = _proofs().loads(request.form.get("proof", ""), max_age=PROOF_SECONDS)
    except (BadSignature, ValueError):
        named, number = "", ""
    if named != code:
        return redirect(url_for("households.phone", code=code))
    form = CodeForm.of_request()
    if not form.accepted():
        return _ask_code(code, number, form)
    with writing():
        done = services.take_over(db.one_or_404(chosen), number, form.code.data, me())
    if not done:
        form.refuse(Invalid("code", WRONG_CODE))
        return _ask_code(code, number, form)
    page.say(_("Done. They sign in with their own phone now."))
    return redirect(url_for("desk.index"))
