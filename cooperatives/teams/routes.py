"""The admin's pages of the community digital teams."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from cooperatives.teams import queries, services
from cooperatives.teams.forms import PersonForm, ProgrammeForm, TeamForm
from cooperatives.teams.models import Team
from shop.accounts.access import me, role_required
from shop.accounts.models import LoginKind, Role
from shop.accounts.queries import by_login
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.places.queries import communes_of

bp = Blueprint("teams", __name__)
NOBODY = _l("Nobody signs in with this yet. Ask the person to sign up first, then try again.")


@bp.get("/teams")
@role_required(Role.ADMIN)
def index() -> str:
    """Show the teams, their people and the programmes."""
    return _index(ProgrammeForm())


def _index(form: ProgrammeForm) -> str:
    people: dict[int, list[Any]] = {}
    for one in queries.members():
        people.setdefault(one.team_id, []).append(one)
    return render_template(
        "cooperatives/teams/index.html",
        teams=queries.teams(),
        people=people,
        programmes=queries.programmes(),
        form=form,
    )


@bp.post("/teams/programmes")
@role_required(Role.ADMIN)
def programmes() -> Response | str:
    """Write a new programme."""
    form = ProgrammeForm.of_request()
    if form.accepted():
        try:
            with writing():
                services.add_programme(form.name.data, me())
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved."))
            return redirect(url_for("teams.index"))
    return _index(form)


@bp.route("/teams/new", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def new() -> Response | str:
    """Make a team."""
    return _form(None)


@bp.route("/teams/<code>", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def team(code: str) -> Response | str:
    """Change a team."""
    found: Team = db.one_or_404(queries.by_code(code))
    return _form(found)


def _form(found: Team | None) -> Response | str:
    form, code = TeamForm.of(found), found.code if found else ""
    form.offer(communes_of(settings().home_province), queries.programmes())
    if form.accepted():
        told = form.name.data, form.communes.data or [], form.programmes.data or []
        try:
            with writing():
                again = db.session.execute(queries.by_code(code)).scalar_one() if code else None
                services.save(again, *told, me())
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved."))
            return redirect(url_for("teams.index"))
    return render_template("cooperatives/teams/team.html", form=form, code=code)


@bp.route("/teams/<code>/people", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def people(code: str) -> Response | str:
    """Put a person into the team, by phone number."""
    found: Team = db.one_or_404(queries.by_code(code))
    form = PersonForm.of_request()
    if form.accepted():
        phone = form.phone.data or ""
        try:
            with writing():
                person = by_login(LoginKind.PHONE, phone)
                if person is None:
                    raise Invalid("phone", NOBODY)
                services.add_member(db.session.execute(queries.by_code(code)).scalar_one(), person, me())
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved."))
            return redirect(url_for("teams.index"))
    return render_template("cooperatives/teams/people.html", form=form, team=db.one_or_404(queries.by_code(found.code)))


@bp.post("/teams/people/<code>/departure")
@role_required(Role.ADMIN)
def departure(code: str) -> Response:
    """Let a person go from a team."""
    db.one_or_404(queries.member_by_code(code))
    with writing():
        services.remove_member(db.one_or_404(queries.member_by_code(code)), me())
    page.say(_("Done. The rights have ended."))
    return redirect(url_for("teams.index"))
