"""Certificates over HTTP: the seller's list and forms, the officer's queue and page."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.certificates import queries as certificates
from cooperatives.certificates import scans
from cooperatives.certificates import services as sending
from cooperatives.certificates.kinds import KINDS, CertificateKind
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.certificates.models import Certificate, CertificateVerdict
from cooperatives.models import Cooperative
from cooperatives.queries import one_for as seller_of
from products.certificates import queries, services
from products.certificates.forms import FIELDS, CertificateForm, DecisionForm, GoodsForm
from products.certificates.words import state_words
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.pixels import MAX_BYTES

bp = Blueprint("certificates", __name__)
AROUND_A_PHOTO = 100_000  # bytes of a request that are not the photo


@bp.url_value_preprocessor
def _let_a_photo_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Only the two forms may bring a whole photo; set before anything reads the form."""
    if endpoint in {f"{bp.name}.new", f"{bp.name}.renewal"}:
        request.max_content_length = MAX_BYTES + AROUND_A_PHOTO


def _mine(code: str) -> Cooperative:
    return db.one_or_404(seller_of(me(), code))


def _certificate(code: str, certificate: str) -> Certificate:
    found = db.one_or_404(certificates.one_for(me(), certificate))
    if found.cooperative.code != code:
        abort(404)
    return found


def _kind(code: str) -> CertificateKind:
    if code not in KINDS:
        abort(404)
    return KINDS[code]


@bp.get("/cooperatives/<code>/certificates")
def index(code: str) -> str:
    """Show a seller's certificates with the days they hold, and which kinds may be added."""
    cooperative = _mine(code)
    found = certificates.of_cooperative(cooperative)
    newer = certificates.open_renewals([one.id for one in found])
    overtaken = {one.id for one in newer.values()}
    rows = [(one, state_words(one), newer.get(one.id)) for one in found if one.id not in overtaken]
    shown = {"cooperative": cooperative, "rows": rows, "kinds": KINDS.values(), "state_words": state_words}
    return render_template("products/certificates/index.html", **shown)


@bp.route("/cooperatives/<code>/certificates/new/<kind>", methods=["GET", "POST"])
def new(code: str, kind: str) -> Response | str:
    """Add a certificate of one kind: a photo and what stands on it."""
    cooperative, known = _mine(code), _kind(kind)
    goods = queries.goods_of(cooperative)
    form = CertificateForm.about(known, goods, data={"issuer": known.issuer})
    return _sent(cooperative, known, form, None) or _form(cooperative, known, form, None)


@bp.route("/cooperatives/<code>/certificates/<certificate>/renewal", methods=["GET", "POST"])
def renewal(code: str, certificate: str) -> Response | str:
    """Send the next one, or mend what came back: everything is filled in already."""
    cooperative, older = _mine(code), _certificate(code, certificate)
    goods, linked = queries.goods_of(cooperative), queries.links_of(older)
    given = {name: getattr(older, name) for name in ("number", "grade", "issuer", "scope")}
    if older.state is not CertificateState.VERIFIED:
        given |= {"issued_on": older.issued_on, "expires_on": older.expires_on}
    given["goods"] = [str(one) for one in linked]
    form = CertificateForm.about(older.known, goods, data=given)
    if request.method == "GET" and older.state is CertificateState.RETURNED:
        answer = older.decisions[-1]
        form.refuse(Invalid(answer.field, answer.note))
    return _sent(cooperative, older.known, form, older) or _form(cooperative, older.known, form, older)


def _form(cooperative: Cooperative, kind: CertificateKind, form: CertificateForm, older: Certificate | None) -> str:
    shown = {"cooperative": cooperative, "kind": kind, "form": form, "older": older}
    return render_template("products/certificates/form.html", **shown)


def _sent(
    cooperative: Cooperative, kind: CertificateKind, form: CertificateForm, older: Certificate | None
) -> Response | None:
    """Keep what was posted; None where there is still something to mend in the form."""
    if not form.accepted():
        return None
    code, before = cooperative.code, older.code if older else ""
    try:
        digest = _photo(form, older)
        with writing():
            again = db.session.execute(seller_of(me(), code)).scalar_one()
            place = db.session.execute(certificates.one_for(me(), before)).scalar_one() if before else None
            made = sending.send(again, form.facts(kind), digest, me(), place)
            services.choose(made, form.chosen(kind), me())
            path = url_for("certificates.show", code=code, certificate=made.code)
    except Invalid as problem:
        form.refuse(problem)
        return None
    page.say(_("Sent. The officer looks at it."))
    return redirect(path)


def _photo(form: CertificateForm, older: Certificate | None) -> str:
    """Store the photo that came; without one, what came back keeps its own, unless the photo was what was wrong."""
    data = form.photo.data.read() if form.photo.data else b""
    if data:
        try:
            return scans.keep(current_app.extensions["storage"], data)
        except DomainError as problem:
            raise Invalid("photo", problem.sentence) from problem
    kept = older is not None and older.state in {CertificateState.SUBMITTED, CertificateState.RETURNED}
    if older is None or not kept or any(one.field == "photo" for one in older.decisions):
        raise Invalid("photo", _l("Choose a photo first."))
    return older.digest


@bp.route("/cooperatives/<code>/certificates/<certificate>", methods=["GET", "POST"])
def show(code: str, certificate: str) -> Response | str:
    """Show one certificate; a post says which goods it stands for."""
    found = _certificate(code, certificate)
    goods, links = queries.goods_of(found.cooperative), queries.links_of(found)
    form = GoodsForm.of_request(data={"goods": [str(one) for one in links]})
    form.goods.offer(goods)
    if form.accepted():
        with writing():
            again = db.session.execute(certificates.one_for(me(), certificate)).scalar_one()
            services.choose(again, form.goods.ids(), me())
        page.say(_("Saved. The officer looks at what is new."))
        return redirect(url_for("certificates.show", code=code, certificate=certificate))
    newer = certificates.open_renewals([found.id]).get(found.id)
    shown = {"one": found, "state": state_words(found), "goods": goods, "links": links, "form": form, "newer": newer}
    return render_template("products/certificates/show.html", cooperative=found.cooperative, **shown)


@bp.post("/cooperatives/<code>/certificates/<certificate>/taking-back")
def taking_back(code: str, certificate: str) -> Response:
    """Take back what the officer has not verified."""
    _certificate(code, certificate)
    with writing():
        sending.take_back(db.session.execute(certificates.one_for(me(), certificate)).scalar_one(), me())
    page.say(_("Taken back."))
    return redirect(url_for("certificates.index", code=code))


@bp.get("/review/certificates")
@role_required(Role.OFFICER)
def queue() -> str:
    """Show what waits in the officer's communes, oldest first."""
    waiting, total = queries.waiting_for(me())
    return render_template("products/certificates/queue.html", waiting=waiting, total=total)


@bp.route("/review/certificates/<certificate>", methods=["GET", "POST"])
@role_required(Role.OFFICER)
def decision(certificate: str) -> Response | str:
    """Show a certificate, its photo beside what was typed, and decide."""
    found = db.one_or_404(certificates.one_for_officer(me(), certificate))
    links = queries.links_of(found)
    goods = [one for one in queries.goods_of(found.cooperative) if one.id in links]
    form = DecisionForm.about(found, goods, found.state is CertificateState.VERIFIED)
    if form.accepted():
        try:
            _decide(certificate, form)
        except Invalid as problem:
            form.refuse(problem)
        else:
            page.say(_("Decision recorded. They are told."))
            return redirect(url_for("certificates.queue"))
    shown = {"one": found, "state": state_words(found), "goods": goods, "links": links, "form": form, "fields": FIELDS}
    alike = certificates.same_number(found)
    return render_template("products/certificates/decision.html", alike=alike, **shown)


def _decide(certificate: str, form: DecisionForm) -> None:
    seen = {int(one) for one in request.form.getlist("seen") if one.isdecimal() and len(one) < 19}
    with writing():
        again = db.session.execute(certificates.one_for_officer(me(), certificate)).scalar_one()
        verdict = CertificateVerdict(form.verdict.data)
        why = {"field": form.field.data, "note": form.note.data}
        services.decide(again, me(), verdict, product_ids=form.chosen(), seen_ids=seen, **why)
