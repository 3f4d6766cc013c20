"""The officer admits, returns or declines who wants to sell in his communes."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from cooperatives import queries as cooperative_queries
from cooperatives.forms import KIND_NAMES
from cooperatives.households.queries import spoken_for
from cooperatives.identity.queries import of_seller, same_elsewhere
from cooperatives.review import queries, services
from cooperatives.review.forms import AdmissionForm
from cooperatives.review.models import Verdict
from cooperatives.standing import readings
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
    """Show the applications that wait, oldest first."""
    waiting = db.session.scalars(queries.waiting_for(me())).all()
    return render_template("cooperatives/review/index.html", waiting=waiting, kinds=KIND_NAMES)


@bp.route("/review/cooperatives/<code>/decision", methods=["GET", "POST"])
@role_required(Role.OFFICER)
def decision(code: str) -> Response | str:
    """Show an application and decide on it."""
    cooperative = db.one_or_404(queries.one_for(me(), code))
    with writing():
        readings.keep(cooperative.id, me(), "contact", "members")
    form = AdmissionForm.of_request()
    if form.accepted():
        verdict, note = Verdict(form.verdict.data), form.note.data
        try:
            with writing():
                again = db.session.execute(queries.one_for(me(), code)).scalar_one()
                services.decide(again, me(), verdict, note)
        except Invalid as problem:
            form.refuse(problem)
        else:
            page.say(_("Decision recorded. They are told."))
            return redirect(url_for("cooperative_review.index"))
    return render_template(
        "cooperatives/review/decision.html",
        cooperative=cooperative,
        form=form,
        spoken=spoken_for(cooperative),
        kinds=KIND_NAMES,
        members=cooperative_queries.members(cooperative),
        decisions=queries.decisions_on(cooperative),
        kept=of_seller(cooperative),
        alike=same_elsewhere(cooperative),
    )
