"""The landing page: what waits for you, whoever you are."""

from flask import Blueprint, render_template

from cooperatives.lessons.queries import next_for
from shop.accounts.access import me, my_roles, opens
from shop.accounts.models import Role
from shop.core.i18n import current_language
from shop.desk import queries
from shop.desk.today import needs

bp = Blueprint("desk", __name__)


@bp.get("/desk")
def index() -> str:
    """Show what waits for the signed-in person, most urgent first."""
    person, roles = me(), my_roles()
    cooperatives = queries.cooperatives_of(person)
    return render_template(
        "shop/desk/index.html",
        person=person,
        seller=Role.MEMBER in roles,
        lesson=next_for(person, current_language()) if Role.MEMBER in roles else None,
        needs=needs.of_member(person, cooperatives, opens) if Role.MEMBER in roles else [],
        tasks=queries.waiting(person, roles),
        cooperatives=cooperatives,
        invitations=queries.invitations_for(person),
        purchases=queries.purchases_of(person),
    )
