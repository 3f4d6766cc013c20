"""The list of disputes: of an officer's communes, of a manager's own orders, all of them for the admin."""

from flask import Blueprint, render_template

from shop.accounts.access import me, my_roles, role_required
from shop.accounts.models import Role
from shop.core.codes import shown
from shop.payments.disputes import queries
from shop.payments.disputes.words import STATES, reason_words, to_gather
from shop.payments.methods import CARD

bp = Blueprint("desk_disputes", __name__)
AT_MOST = 100
THEIRS = "https://dashboard.stripe.com"


@bp.get("/disputes")
@role_required(Role.MANAGER, Role.OFFICER, Role.ADMIN)
def index() -> str:
    """Show each dispute: why, how much, until when an answer counts, and what helps to answer."""
    roles = my_roles()
    return render_template(
        "shop/desk/disputes/index.html",
        disputes=queries.listed(me(), roles, AT_MOST),
        states=STATES,
        reason_words=reason_words,
        to_gather=to_gather,
        shown=shown,
        theirs=f"{THEIRS}{'' if CARD.live else '/test'}/disputes" if Role.ADMIN in roles else "",
    )
