"""The list of disputes, to each what is their matter: communes of an officer, orders of a manager, all of an admin."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from cooperatives.standing import readings
from shop.accounts.access import me, my_roles, role_required
from shop.accounts.models import Role
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.orders.models import Order
from shop.orders.parcels.queries import photographed
from shop.orders.parcels.serving import picture as served
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
    disputes = queries.listed(me(), roles, AT_MOST)
    shares = queries.shares_of(me(), roles, disputes)
    photos = photographed([share.part.order for found in shares.values() for share in found])
    staff = queries.may_look_at(me(), roles, photos)
    return render_template(
        "shop/desk/disputes/index.html",
        disputes=disputes,
        shares=shares,
        photos={key: "desk_disputes.picture" if key in staff else "desk_parcels.picture" for key in photos},
        states=STATES,
        reason_words=reason_words,
        to_gather=to_gather,
        shown=shown,
        theirs=f"{THEIRS}{'' if CARD.live else '/test'}/disputes" if Role.ADMIN in roles else "",
    )


@bp.get("/disputes/orders/<code>/photo.jpg")
@role_required(Role.OFFICER, Role.ADMIN)
def picture(code: str) -> Response:
    """Serve the photo of a parcel whose payment is disputed; the reading leaves a line with its seller."""
    person = me()
    order = db.one_or_404(queries.orders_of_staff(person, my_roles()).where(Order.code == code))
    answer, seller = served(order), order.cooperative_id
    if readings.is_foreign(seller, person):
        with writing():
            readings.keep(seller, person, "parcel photo")
    return answer
