"""The admin's page of what is asked of sellers."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from cooperatives.requirements import queries, services
from cooperatives.requirements.forms import START_NAMES, RuleForm
from cooperatives.requirements.rows import SHIPPED, Start
from cooperatives.words import KIND_NAMES
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import writing
from shop.core.errors import Invalid
from shop.core.i18n import gettext as _

bp = Blueprint("requirements", __name__)


@bp.get("/staff/requirements")
@role_required(Role.ADMIN)
def rules() -> str:
    """Show each requirement with its law, and from when on it counts."""
    shown = {"rows": queries.standing_rows(), "starts": START_NAMES, "kinds": KIND_NAMES}
    return render_template("cooperatives/requirements/rules.html", **shown)


@bp.route("/staff/requirements/<requirement>", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def rule(requirement: str) -> Response | str:
    """Show one requirement and change it."""
    if requirement not in SHIPPED:
        abort(404)
    row = next(one for one in queries.standing_rows() if one.code == requirement)
    form = RuleForm.of_request(obj=row)
    if form.accepted():
        told = {"is_on": form.is_on.data, "days": form.days.data or 0, "suspends": form.suspends.data}
        try:
            with writing():
                services.change_rule(requirement, start=Start(form.start.data), admin=me(), **told)
        except Invalid as problem:
            form.refuse(problem)
        else:
            page.say(_("Saved. It counts from now on."))
            return redirect(url_for("requirements.rules"))
    return render_template("cooperatives/requirements/rule.html", row=row, form=form, kinds=KIND_NAMES)
