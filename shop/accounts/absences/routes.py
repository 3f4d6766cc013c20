"""Who is away and who stands in: the admin for everybody, an officer for himself."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from shop.accounts.absences import queries, services
from shop.accounts.absences.forms import AbsenceForm
from shop.accounts.access import me, my_roles, role_required
from shop.accounts.models import Role, User
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _

bp = Blueprint("accounts_absences", __name__)


@bp.route("/staff/absences", methods=["GET", "POST"])
@role_required(Role.ADMIN, Role.OFFICER)
def index() -> Response | str:
    """Show the absences that are and will be; enter one."""
    form, everybody = AbsenceForm.of_request(), queries.officers()
    form.officer.choices = [_choice(one) for one in everybody if _is_admin() or one.id == me().id]
    form.stand_in.choices = [_choice(one) for one in everybody]
    if form.accepted():
        try:
            with writing():
                away, instead = (db.session.get_one(User, int(key)) for key in (form.officer.data, form.stand_in.data))
                services.enter(away, instead, *form.days, me())
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved. New work goes to the one who stands in on these days."))
            return redirect(url_for(".index"))
    coming = queries.coming(None if _is_admin() else me().id)
    return render_template(
        "shop/accounts/absences/index.html", form=form, coming=coming, may_end=_is_admin(), person=me()
    )


@bp.post("/staff/absences/<code>/end")
@role_required(Role.ADMIN, Role.OFFICER)
def end(code: str) -> Response:
    """End an absence now, or call it off."""
    absence = queries.one(code)
    if absence is None or not (_is_admin() or absence.user_id == me().id):
        abort(404)
    with writing():
        services.finish(absence, me())
    page.say(_("The absence has ended."))
    return redirect(url_for(".index"))


def _is_admin() -> bool:
    return Role.ADMIN in my_roles()


def _choice(person: User) -> SelectChoice:
    return SelectChoice(str(person.id), person.name)
