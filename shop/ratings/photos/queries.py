"""Which photos a rating has, and which the sweep has to do with."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from cooperatives.photos.names import PublicView, photo_view
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.models import Order, Purchase
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.photos.models import RatingPhoto

TRIES = 5


def _rating(state: RatingState) -> ColumnElement[bool]:
    theirs = select(Rating.id).where(Rating.id == RatingPhoto.rating_id, Rating.state == state)
    return theirs.correlate(RatingPhoto).exists()


def is_wanted() -> ColumnElement[bool]:
    """Say of a photo whether everybody may see it now."""
    return RatingPhoto.removed_at.is_(None) & _rating(RatingState.SHOWN)


def is_gone() -> ColumnElement[bool]:
    """Say of a photo whether its author took it back, alone or with the rating: its files are deleted for good."""
    return RatingPhoto.removed_at.is_not(None) | _rating(RatingState.TAKEN_BACK)


def is_due() -> ColumnElement[bool]:
    """Say of a photo whether what is public is not what should be, or it is to be deleted."""
    to_draw = is_wanted() & RatingPhoto.drawn_at.is_(None) & (RatingPhoto.tries < TRIES)
    to_withdraw = ~is_wanted() & RatingPhoto.public_since.is_not(None)
    due: ColumnElement[bool] = to_draw | to_withdraw | is_gone()
    return due


def standing(rating: Rating) -> list[RatingPhoto]:
    """Return the photos of a rating that its author has not taken out, in their order."""
    mine = (RatingPhoto.rating_id == rating.id, RatingPhoto.removed_at.is_(None))
    return list(db.session.scalars(select(RatingPhoto).where(*mine).order_by(RatingPhoto.place)))


def drawn() -> ColumnElement[bool]:
    """Say of a photo whether it can be shown: drawn, and not taken out."""
    return RatingPhoto.drawn_at.is_not(None) & RatingPhoto.removed_at.is_(None)


def shown_of(rating_ids: Iterable[int]) -> dict[int, list[PublicView]]:
    """Return the photos of some ratings that are public, in their order."""
    found: dict[int, list[PublicView]] = {}
    chosen = select(RatingPhoto).where(RatingPhoto.rating_id.in_(list(rating_ids)), drawn())
    for row in db.session.scalars(chosen.order_by(RatingPhoto.rating_id, RatingPhoto.place)):
        found.setdefault(row.rating_id, []).append(photo_view(row.key, row.width, row.height))
    return found


def keys_of_buyer(user: User) -> Select[tuple[str, datetime]]:
    """Select (key, since when) of the photos a person added as the signed-in buyer of a purchase."""
    chosen: Any = select(RatingPhoto.key, RatingPhoto.added_at).join(Rating, Rating.id == RatingPhoto.rating_id)
    chosen = chosen.join(Order, Order.id == Rating.order_id).join(Purchase, Purchase.id == Order.purchase_id)
    mine: Select[tuple[str, datetime]] = chosen.where(Purchase.buyer_id == user.id, ~is_gone())
    return mine
