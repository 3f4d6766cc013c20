"""The helper's pages: the team and its sellers, asking one, taking up the help and putting it down."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.helping import queries, services
from cooperatives.helping.forms import AskForm, FindForm
from cooperatives.helping.models import ConsentRequest
from cooperatives.helping.scopes import SCOPE_NAMES
from cooperatives.models import Cooperative
from cooperatives.teams.queries import teams_of
from shop.accounts import sessions, throttle
from shop.accounts.access import me, role_required, session_row
from shop.accounts.forms import CodeForm
from shop.accounts.models import Role
from shop.audit.services import record
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l

bp = Blueprint("helping", __name__)
NOT_NEAR = _l("No seller in your communes has this number.")


@bp.get("/helping")
@role_required(Role.HELPER)
def index() -> str:
    """Show the helper's teams, whom they may act for, and who else sells in their communes."""
    return _index(FindForm())


def _index(form: FindForm) -> str:
    helper = me()
    given = queries.given_to(helper)
    known = {one.cooperative_id for one in given}
    return render_template(
        "cooperatives/helping/index.html",
        teams=teams_of(helper),
        given=given,
        others=[one for one in queries.sellers_to_show(helper) if one.id not in known],
        scopes=SCOPE_NAMES,
        form=form,
    )


@bp.post("/helping/sellers")
@role_required(Role.HELPER)
def find() -> Response | str:
    """Find a seller of the team's communes by the number of its manager, also one that is not admitted yet."""
    form = FindForm.of_request()
    if form.accepted():
        throttle.count(f"help-find:{me().id}", 30, 3600)
        found = queries.seller_with_phone(me(), form.phone.data or "")
        if found is not None:
            return redirect(url_for("helping.ask", code=found.code))
        form.refuse(Invalid("phone", NOT_NEAR))
    return _index(form)


@bp.route("/helping/sellers/<code>", methods=["GET", "POST"])
@role_required(Role.HELPER)
def ask(code: str) -> Response | str:
    """Say what to help with and how long; a post sends the code to the seller's own phone."""
    form, near = AskForm.of_request(), queries.sellers_near(me()).where(Cooperative.code == code)
    seller: Cooperative = db.one_or_404(near)
    if form.accepted():
        throttle.count(f"help-ask:{me().id}", 20, 3600)
        throttle.count(f"help-ask-of:{code}", 5, 3600)
        try:
            scopes = services.check_scopes(form.scopes.data or [])
            with writing():
                again = db.session.execute(near).scalar_one()
                asked = services.ask(me(), again, scopes, int(form.months.data)).code
        except DomainError as problem:
            form.refuse(problem)
        else:
            return redirect(url_for("helping.answer", code=asked))
    seller = db.one_or_404(near)
    return render_template(
        "cooperatives/helping/ask.html",
        form=form,
        seller=seller,
        manager=queries.manager_with_phone(seller),
        spoken=queries.nobody_signs_in(seller),
    )


@bp.route("/helping/requests/<code>", methods=["GET", "POST"])
@role_required(Role.HELPER)
def answer(code: str) -> Response | str:
    """Type the code that the household reads out."""
    mine = queries.request_for(me(), code)
    asked: ConsentRequest = db.one_or_404(mine)
    form = CodeForm.of_request()
    if form.accepted():
        with writing():
            given = services.agree(db.one_or_404(mine), form.code.data)
            consent, seller = (given.code, given.cooperative.name) if given else ("", "")
        if consent:
            page.say(_("%(name)s has agreed.", name=seller))
            return redirect(url_for("helping.index"))
        form.refuse(Invalid("code", services.WRONG))
        asked = db.one_or_404(mine)
    return render_template("cooperatives/helping/answer.html", form=form, asked=asked, scopes=SCOPE_NAMES)


@bp.post("/helping/consents/<code>/begin")
@role_required(Role.HELPER)
def begin(code: str) -> Response:
    """Act for this seller from the next page on; the session carries it."""
    row = session_row()
    assert row is not None
    session_id = row.id
    with writing():
        consent = db.one_or_404(queries.one_given_to(me(), code))
        sessions.help_by(session_id, consent.id)
        record("help_taken_up", consent.cooperative, me(), by=consent.code)
    return redirect(url_for("desk.index"))


@bp.post("/helping/stop")
def stop() -> Response:
    """Act for nobody any more; anybody may, also once the consent or the role has ended."""
    row = session_row()
    assert row is not None
    session_id = row.id
    with writing():
        sessions.help_by(session_id, None)
    return redirect(url_for("helping.index") if request.form.get("next") != "desk" else url_for("desk.index"))


@bp.post("/helping/consents/<code>/end")
@role_required(Role.HELPER)
def end(code: str) -> Response:
    """Give a consent back for good."""
    with writing():
        services.end(db.one_or_404(queries.one_given_to(me(), code)), me())
    page.say(_("Done. The rights have ended."))
    return redirect(url_for("helping.index"))
