"""The page that closes a shop: what ends, what stays, what is to be settled first."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.queries import one_for
from cooperatives.services import needs_manager
from shop.accounts.access import me
from shop.accounts.confirming.gate import needs_proof
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _
from shop.desk.closing import queries, services

bp = Blueprint("desk_closing", __name__)


@bp.route("/cooperatives/<code>/closing", methods=["GET", "POST"])
@needs_proof(to_read=False)
def closing(code: str) -> Response | tuple[str, int]:
    """Say what closing means and what stands in the way; a post closes the shop."""
    seller: Cooperative = db.one_or_404(one_for(me(), code))
    needs_manager(seller, me())
    if request.method == "GET":
        return _page(seller, 200)
    try:
        with writing():
            services.close(db.session.execute(one_for(me(), code)).scalar_one(), me())
    except Conflict as problem:
        return _page(db.one_or_404(one_for(me(), code)), problem.status)
    page.say(_("Closed. Orders stay in the books, as the law asks."))
    return redirect(url_for("privacy.index"))


def _page(seller: Cooperative, status: int) -> tuple[str, int]:
    return render_template(
        "shop/desk/closing/closing.html",
        cooperative=seller,
        obstacles=list(queries.obstacles(seller, me())),
        closed=seller.state is CooperativeState.CLOSED,
    ), status
