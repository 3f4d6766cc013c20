"""Taking one's first yes back; and for the admin, where a second officer is missing."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from products.review import queries as review
from products.review.undoing import came
from products.seconds import queries, services
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.i18n import gettext as _

bp = Blueprint("product_seconds", __name__)


@bp.post("/review/products/<code>/<int(max=99999):number>/first-look/withdrawal")
@role_required(Role.OFFICER)
def withdrawal(code: str, number: int) -> Response:
    """Take back one's own first yes, at once or later, while nobody has decided."""
    with writing():
        services.take_back(db.one_or_404(review.product_for(me(), code)), number, me())
    page.say(_("Undone. It waits again."))
    return redirect(url_for("product_review.decision", code=code, number=number, **came()))


@bp.get("/staff/second-officers")
@role_required(Role.ADMIN)
def missing() -> str:
    """List the communes where goods wait for the yes of a second officer and there is none."""
    return render_template("products/seconds/missing.html", communes=queries.lonely())
