"""The page on which an officer or admin offers cash again; it tells nobody's refusals."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import writing
from shop.core.errors import Invalid
from shop.core.i18n import gettext as _
from shop.core.phones import mask_phone
from shop.desk.lifting.forms import LiftForm
from shop.orders.limits import queries, services

bp = Blueprint("desk_lifting", __name__)


@bp.route("/staff/cash", methods=["GET", "POST"])
@role_required(Role.OFFICER, Role.ADMIN)
def index() -> Response | str | tuple[str, int]:
    """Ask which number and why; below stands what was lifted, by whom."""
    form = LiftForm.of_request()
    if form.accepted():
        try:
            with writing():
                services.lift(str(form.phone.data), form.because.data or "", me())
        except Invalid as problem:
            form.refuse(problem)
        else:
            page.say(_("Cash is offered to this number again."))
            return redirect(url_for(".index"))
    answer = render_template("shop/desk/lifting/index.html", form=form, lifts=queries.lifts(), mask_phone=mask_phone)
    return (answer, 422) if form.errors else answer
