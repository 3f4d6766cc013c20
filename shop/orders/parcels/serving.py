"""The answer that carries the photo of a parcel; who may ask for it is for the door to say."""

from flask import abort, current_app
from werkzeug.wrappers import Response

from shop.orders.models import Order
from shop.orders.parcels import queries
from shop.orders.parcels.names import CONTENT_TYPE, file_name


def picture(order: Order) -> Response:
    """Return the photo of an order's parcel, kept by no cache; 404 where there is none."""
    found = queries.of(order) or abort(404)
    try:
        data = current_app.extensions["storage"].get(file_name(found.key))
    except FileNotFoundError:
        abort(404)
    answer = Response(data, mimetype=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer
