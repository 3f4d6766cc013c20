"""The photo of a parcel for its buyer, by the link of the purchase."""

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.checkout.tracking.routes import purchase_of_link
from shop.orders.parcels.serving import picture as served

bp = Blueprint("parcels", __name__)


@bp.get("/purchases/<token>/orders/<code>/photo.jpg")
@public
def picture(token: str, code: str) -> Response:
    """Serve the photo to whoever holds the link."""
    orders = purchase_of_link(token).orders
    return served(next((order for order in orders if order.code == code), None) or abort(404))
