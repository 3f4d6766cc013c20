"""Papers over HTTP: a list, a page for each, the photo for those who may see it, the officer's answer."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.models import Cooperative
from cooperatives.papers import queries, services
from cooperatives.papers.forms import PaperForm, ReturnForm
from cooperatives.papers.kinds import PAPER_KINDS, PaperKind, offered_to
from cooperatives.papers.names import CONTENT_TYPE, file_name
from cooperatives.queries import one_for
from cooperatives.standing import readings
from shop.accounts.access import me, my_roles, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.decoding import master_in_child
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.pixels import MAX_BYTES

bp = Blueprint("papers", __name__)
AROUND_A_PHOTO = 100_000  # bytes of a request that are not the photo


@bp.url_value_preprocessor
def _let_a_photo_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Only the page of one paper may bring a whole photo; set before anything reads the form."""
    if endpoint == f"{bp.name}.paper":
        request.max_content_length = MAX_BYTES + AROUND_A_PHOTO


def _mine(code: str) -> Cooperative:
    return db.one_or_404(one_for(me(), code))


def _kind_for(cooperative: Cooperative, kind: str) -> PaperKind:
    found = {one.code: one for one in offered_to(cooperative.kind)}
    if kind not in found:
        abort(404)
    return found[kind]


@bp.get("/cooperatives/<code>/papers")
def index(code: str) -> str:
    """Show which papers there may be and how far each is."""
    cooperative = _mine(code)
    kinds, papers = offered_to(cooperative.kind), queries.current(cooperative)
    return render_template("cooperatives/papers/index.html", cooperative=cooperative, kinds=kinds, papers=papers)


@bp.route("/cooperatives/<code>/papers/<kind>", methods=["GET", "POST"])
def paper(code: str, kind: str) -> Response | str:
    """Show one paper and take its photo, or the word that there is none yet."""
    cooperative = _mine(code)
    named, form = _kind_for(cooperative, kind), PaperForm.of_request()
    if request.method == "POST":
        try:
            _keep(code, kind, form)
        except Invalid as problem:
            form.refuse(problem)
        else:
            return redirect(url_for("papers.index", code=code))
    standing = queries.current(cooperative).get(kind)
    shown = {"cooperative": cooperative, "kind": named, "paper": standing, "form": form}
    return render_template("cooperatives/papers/paper.html", **shown)


def _keep(code: str, kind: str, form: PaperForm) -> None:
    digest = None
    if "absent" not in request.form:
        data = form.photo.data.read() if form.photo.data else b""
        if not data:
            raise Invalid("photo", _l("Choose a photo first."))
        try:
            master = master_in_child(data)
        except DomainError as problem:
            raise Invalid("photo", problem.sentence) from problem
        services.save_file(current_app.extensions["storage"], master)
        digest = master.digest
    with writing():
        services.add(db.session.execute(one_for(me(), code)).scalar_one(), kind, digest, me())
    page.say(_("Kept. The officer looks at it.") if digest else _("Noted: not yet. Add it whenever you have it."))


@bp.post("/cooperatives/<code>/papers/<kind>/removal")
def removal(code: str, kind: str) -> Response:
    """Take a paper away."""
    _mine(code)
    with writing():
        services.remove(db.session.execute(one_for(me(), code)).scalar_one(), kind, me())
    page.say(_("The photo is taken away."))
    return redirect(url_for("papers.index", code=code))


@bp.get("/papers/<paper_code>/photo")
def photo(paper_code: str) -> Response:
    """Serve the photo to the seller's members, who helps them, its officer or an admin; others leave a trace."""
    person, roles = me(), my_roles()
    found = db.one_or_404(queries.visible_to(person, roles, paper_code))
    try:
        data = current_app.extensions["storage"].get(file_name(found.digest or ""))
    except FileNotFoundError:
        abort(404)
    if readings.is_foreign(found.cooperative_id, person):
        with writing():
            readings.keep(found.cooperative_id, person, "paper")
    answer = Response(data, mimetype=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.post("/review/papers/<paper_code>/acceptance")
@role_required(Role.OFFICER)
def acceptance(paper_code: str) -> Response:
    """Accept a paper."""
    return _decided(paper_code, accept=True, note="")


@bp.route("/review/papers/<paper_code>/return", methods=["GET", "POST"])
@role_required(Role.OFFICER)
def sending_back(paper_code: str) -> Response | str:
    """Return a paper with words for the seller."""
    found, form = db.one_or_404(queries.one_for_officer(me(), paper_code)), ReturnForm.of_request()
    if form.accepted():
        try:
            return _decided(paper_code, accept=False, note=form.note.data)
        except Invalid as problem:
            form.refuse(problem)
    return render_template("cooperatives/papers/return.html", paper=found, kind=PAPER_KINDS[found.kind], form=form)


def _decided(paper_code: str, *, accept: bool, note: str) -> Response:
    with writing():
        found = db.one_or_404(queries.one_for_officer(me(), paper_code))
        services.decide(found, me(), accept, note)
        seller = found.cooperative.code
    page.say(_("Accepted.") if accept else _("Returned. They are told."))
    return redirect(url_for("cooperative_review.decision", code=seller))
