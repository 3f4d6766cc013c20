"""The admin's page of staff: who is officer where."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from shop.accounts import queries
from shop.accounts.access import me, role_required
from shop.accounts.confirming.gate import needs_proof
from shop.accounts.factor import services as factor
from shop.accounts.logins import parse_login
from shop.accounts.models import Role
from shop.accounts.staff import services
from shop.accounts.staff.forms import ROLE_NAMES, GrantForm
from shop.core import page
from shop.core.db import writing
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.places.queries import communes_of

bp = Blueprint("accounts_staff", __name__)
NOBODY = _l("Nobody signs in with this yet. Ask the person to sign up first, then try again.")


@bp.route("/staff", methods=["GET", "POST"])
@role_required(Role.ADMIN)
@needs_proof(to_read=False)
def index() -> Response | str:
    """Show the staff and give a role."""
    communes = communes_of(settings().home_province)
    form = GrantForm.of_request()
    form.communes.choices = [SelectChoice(one.code, one.short_name) for one in communes]
    if form.accepted():
        try:
            with writing():
                user = queries.by_login(*parse_login(form.login.data))
                if user is None:
                    raise Invalid("login", NOBODY)
                services.grant(user, Role(form.role.data), form.communes.data or [], me())
        except DomainError as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved. The role counts from the next sign-in."))
            return redirect(url_for("accounts_staff.index"))
    names = {one.code: one.short_name for one in communes}
    return render_template(
        "shop/accounts/staff/index.html", form=form, staff=services.standing(), names=names, roles=ROLE_NAMES
    )


@bp.post("/staff/withdrawals")
@role_required(Role.ADMIN)
@needs_proof()
def withdrawal() -> Response:
    """End a role; it is gone from the next request on."""
    form = GrantForm.of_request()
    if form.role.data not in set(ROLE_NAMES):
        abort(400)
    with writing():
        user = queries.by_login(*parse_login(form.login.data))
        if user is None:
            abort(404)
        services.withdraw(user, Role(form.role.data), me())
    page.say(_("The role has ended."))
    return redirect(url_for("accounts_staff.index"))


@bp.post("/staff/factor-resets")
@role_required(Role.ADMIN)
@needs_proof()
def factor_reset() -> Response:
    """Let a person who lost phone and paper set the code app up anew."""
    form = GrantForm.of_request()
    with writing():
        user = queries.by_login(*parse_login(form.login.data))
        if user is None:
            abort(404)
        factor.reset(user, me())
    page.say(_("Reset. The person sets a code app up at the next sign-in."))
    return redirect(url_for("accounts_staff.index"))
