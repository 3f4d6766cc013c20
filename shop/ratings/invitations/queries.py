"""Orders whose buyers are to be asked, and who is not."""

import hashlib
import hmac
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from shop.core import clock
from shop.core.db import db
from shop.core.present import keys_for
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderEvent
from shop.ratings.invitations.models import RatingInvitation, RatingSilence
from shop.ratings.models import Rating

AFTER = timedelta(days=3)  # after delivery: time to try it
UNTIL = timedelta(days=14)  # later nobody is asked any more


def due(limit: int) -> list[Order]:
    """Return delivered orders about which nobody was asked or rated anything yet, with their purchases and lines."""
    asked = select(RatingInvitation.order_id).where(RatingInvitation.order_id == Order.id).exists()
    rated = select(Rating.id).where(Rating.order_id == Order.id).exists()
    now = clock.now()
    arrived = select(OrderEvent.order_id).where(
        OrderEvent.action == "deliver", OrderEvent.at.between(now - UNTIL, now - AFTER)
    )
    chosen = select(Order).where(Order.id.in_(arrived), Order.state == OrderState.DELIVERED, ~asked, ~rated)
    chosen = chosen.order_by(Order.id).limit(limit)
    return list(db.session.scalars(chosen.options(joinedload(Order.purchase), selectinload(Order.lines))))


def digest_of(email: str) -> str:
    """Return the keyed digest under which an address may stand in the list of silences."""
    return hmac.new(keys_for("rating silence")[0], email.strip().lower().encode(), hashlib.sha256).hexdigest()


def is_silent(email: str) -> bool:
    """Say whether this address does not want to be asked."""
    return db.session.get(RatingSilence, digest_of(email)) is not None


def by_code(code: str) -> Order | None:
    """Return the order with this code, for the link in the letter about it."""
    return db.session.scalar(select(Order).where(Order.code == code).options(joinedload(Order.purchase)))
