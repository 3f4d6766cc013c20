"""The officer admits, returns or declines who wants to sell in his communes, and answers for single requirements."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from cooperatives import queries as cooperative_queries
from cooperatives.households.queries import spoken_for
from cooperatives.identity.queries import of_seller, same_elsewhere
from cooperatives.models import Cooperative
from cooperatives.papers.kinds import PAPER_KINDS
from cooperatives.papers.queries import current
from cooperatives.requirements import services as requirements
from cooperatives.requirements.queries import checklist, late_for
from cooperatives.review import queries, services
from cooperatives.review.forms import AdmissionForm, WaiverForm
from cooperatives.review.models import Verdict
from cooperatives.standing import readings
from cooperatives.words import KIND_NAMES
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.i18n import gettext as _

bp = Blueprint("cooperative_review", __name__)


@bp.get("/review/cooperatives")
@role_required(Role.OFFICER)
def index() -> str:
    """Show the applications that wait, oldest first, and the sellers with whom something is late."""
    waiting = db.session.scalars(queries.waiting_for(me())).all()
    return render_template("cooperatives/review/index.html", waiting=waiting, kinds=KIND_NAMES, late=late_for(me()))


@bp.route("/review/cooperatives/<code>/decision", methods=["GET", "POST"])
@role_required(Role.OFFICER)
def decision(code: str) -> Response | str:
    """Show an application with its checklist and decide on it."""
    cooperative = db.one_or_404(queries.one_for(me(), code))
    with writing():
        readings.keep(cooperative.id, me(), "contact", "members")
    form = AdmissionForm.of_request()
    if form.accepted():
        verdict = Verdict(form.verdict.data)
        asked = form.asked if verdict is Verdict.RETURN else {}
        note = "" if verdict is Verdict.RETURN else form.note.data
        try:
            with writing():
                services.decide(_again(code), me(), verdict, note, asked)
        except Invalid as problem:
            form.refuse(problem)
        else:
            page.say(_("Decision recorded. They are told."))
            return redirect(url_for("cooperative_review.index"))
    return _page(cooperative, form)


def _again(code: str) -> Cooperative:
    return db.session.execute(queries.one_for(me(), code)).scalar_one()


def _page(cooperative: Cooperative, form: AdmissionForm) -> str:
    papers = [(PAPER_KINDS[kind], paper) for kind, paper in current(cooperative).items() if paper.digest]
    return render_template(
        "cooperatives/review/decision.html",
        cooperative=cooperative,
        form=form,
        spoken=spoken_for(cooperative),
        kinds=KIND_NAMES,
        members=cooperative_queries.members(cooperative),
        decisions=queries.decisions_on(cooperative),
        account=cooperative_queries.bank_account(cooperative),
        lines=checklist(cooperative),
        papers=papers,
        kept=of_seller(cooperative),
        alike=same_elsewhere(cooperative),
    )


@bp.post("/review/cooperatives/<code>/requirements/<requirement>/verification")
@role_required(Role.OFFICER)
def verification(code: str, requirement: str) -> Response:
    """Say that a requirement is met, having looked."""
    db.one_or_404(queries.one_for(me(), code))
    with writing():
        requirements.verify(_again(code), requirement, me())
    page.say(_("Kept with your name."))
    return redirect(url_for("cooperative_review.decision", code=code))


@bp.route("/review/cooperatives/<code>/requirements/<requirement>/waiver", methods=["GET", "POST"])
@role_required(Role.OFFICER)
def waiver(code: str, requirement: str) -> Response | str:
    """Say why a seller does not need something."""
    cooperative = db.one_or_404(queries.one_for(me(), code))
    found = {line.requirement.code: line for line in checklist(cooperative)}
    if requirement not in found:
        abort(404)
    line, form = found[requirement], WaiverForm.of_request()
    if form.accepted():
        try:
            with writing():
                requirements.waive(_again(code), requirement, form.reason.data, me())
        except Invalid as problem:
            form.refuse(problem)
        else:
            page.say(_("Kept with your name."))
            return redirect(url_for("cooperative_review.decision", code=code))
    return render_template("cooperatives/review/waiver.html", cooperative=cooperative, line=line, form=form)
