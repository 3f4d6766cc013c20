"""The admin's page of card money: the last comparison, differences that are open, steps that were refused."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.i18n import gettext as _
from shop.desk.reconciling.words import KINDS
from shop.payments.passing import queries as passing
from shop.payments.passing import services
from shop.payments.reconciling import queries

bp = Blueprint("desk_reconciling", __name__)


@bp.get("/staff/card-money")
@role_required(Role.ADMIN)
def index() -> str:
    """Say when the books were last compared with the provider, and what is not the same."""
    return render_template(
        "shop/desk/reconciling/index.html",
        last=queries.last(),
        findings=queries.open_findings(),
        failed=passing.failed(),
        kinds=KINDS,
        shown=shown,
    )


@bp.post("/staff/card-money/<code>/<int:number>/again")
@role_required(Role.ADMIN)
def again(code: str, number: int) -> Response:
    """Try a refused step again, after what it was refused for is put right."""
    found = db.one_or_404(passing.one_failed(code, number))
    with writing():
        services.again(found.id, me())
    page.say(_("It is tried again within minutes."))
    return redirect(url_for(".index"))
