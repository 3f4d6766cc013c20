"""The page of searches that found nothing, for those who can ask growers to grow it."""

from flask import Blueprint, render_template

from products.search import missed
from shop.accounts.access import role_required
from shop.accounts.models import Role

bp = Blueprint("desk_searches", __name__)


@bp.get("/staff/searches")
@role_required(Role.OFFICER, Role.ADMIN)
def index() -> str:
    """Show what found nothing in the last thirty days, the most asked first."""
    return render_template("shop/desk/searches/index.html", misses=missed.lately())
