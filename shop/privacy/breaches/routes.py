"""The admin's register of breaches, with the clock of 72 hours."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import clock, page
from shop.core.db import writing
from shop.core.i18n import gettext as _
from shop.privacy.breaches import services
from shop.privacy.breaches.forms import BreachForm

bp = Blueprint("privacy_breaches", __name__)


@bp.route("/breaches", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def index() -> Response | str:
    """Show the register; record a breach."""
    form = BreachForm.of_request()
    if form.accepted():
        with writing():
            services.note(form.what.data, form.whom.data, form.measures.data, me())
        page.say(_("Recorded. Report it to A05 within 72 hours where people may come to harm."))
        return redirect(url_for("privacy_breaches.index"))
    rows = [(one, one.found_at + services.REPORT_WITHIN) for one in services.register()]
    return render_template("shop/privacy/breaches.html", form=form, rows=rows, now=clock.now())


@bp.post("/breaches/<code>/told")
@role_required(Role.ADMIN)
def told(code: str) -> Response:
    """Note that the agency or the people were told."""
    if all(one.code != code for one in services.register()):
        abort(404)
    with writing():
        services.told(code, request.form.get("who") == "agency", me())
    page.say(_("Saved."))
    return redirect(url_for("privacy_breaches.index"))
