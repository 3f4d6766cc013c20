"""Parcels that were handed over and photographed, in tests."""

import secrets
from typing import Any

from shop.core import clock
from shop.core.db import db, writing
from shop.core.images import make_master
from shop.core.present import storage as storage_now
from shop.orders.models import Order
from shop.orders.parcels import services
from shop.payments import services as payments
from shop.payments.disputes.lifecycle import DisputeState
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.models import Payment
from tests import photos
from tests.cast import Cast
from tests.shop.orders.buying import at, ordered
from tests.shop.payments.outside import by_card, orders_of, payment_of


def handed_over(cast: Cast, _storage: Any = None) -> dict[str, str]:
    """A parcel that is with its carrier: the order's code, and the buyer's link."""
    order = ordered(cast, tea=1).orders[0]
    at(order.id, "handed_over")
    return {"code": order.code, "token": order.purchase.token}


def photographed(cast: Cast, _storage: Any = None) -> dict[str, str]:
    """Such a parcel with its photo."""
    found = handed_over(cast)
    photograph(cast, found["code"])
    return found


def photograph(cast: Cast, code: str, seed: int = 1) -> None:
    """Keep a photo of the parcel of an order, without the pages."""
    master, key = make_master(photos.jpeg(320, 240, seed=seed)), secrets.token_hex(32)
    services.save_file(storage_now(), key, master)
    with writing():
        services.keep(db.session.query(Order).filter_by(code=code).one(), key, master, cast.member)


def disputed(cast: Cast, _storage: Any = None) -> dict[str, str]:
    """A photographed parcel of Bình Lư, paid by card, whose buyer's bank takes the money back."""
    made = by_card(cast, tea=1, honey=1)
    key = payment_of(made).id
    with writing():
        payments.book(db.session.get_one(Payment, key), "pi_parcel")
    tea = next(order for order in orders_of(made) if order.cooperative_id == cast.ids["cooperative"])
    code = tea.code
    at(tea.id, "handed_over")
    photograph(cast, code)
    with writing():
        payment = db.session.get_one(Payment, key)
        shares = [DisputeShare(part_id=part.id, amount=part.amount) for part in payment.parts]
        told = {"reference": "du_parcel", "amount": payment.amount, "reason": "product_not_received"}
        db.session.add(Dispute(payment_id=key, shares=shares, state=DisputeState.OPEN, taken_at=clock.now(), **told))
    return {"code": code, "token": made.token}
