"""What a person said of goods: told in their file, taken back when they leave, nameless when addresses go."""

from typing import Any

from sqlalchemy import Select, select, update

from shop.accounts.models import User
from shop.core.db import db
from shop.orders.models import Order
from shop.ratings import services
from shop.ratings.models import Rating
from shop.ratings.queries import of_buyer


def ratings_of(user: User) -> list[dict[str, Any]]:
    """Return what the person said, as plain rows; moments in ISO 8601, UTC."""
    return [
        {"goods": row.line.name, "stars": row.stars, "words": row.words, "name": row.name, "state": row.state.value}
        | {"at": row.written_at.isoformat(), "changed_at": row.changed_at.isoformat() if row.changed_at else None}
        for row in of_buyer(user)
    ]


def take_all_back(user: User) -> None:
    """Take back what the person said: words and photos go, and nothing of it counts. Inside writing()."""
    for rating in of_buyer(user):
        if rating.allows("take_back"):
            services.take_back(rating, None)


def unname(purchase_ids: Select[int]) -> None:
    """Take the given name out of what was said of goods of some purchases; the rest stays. Inside writing()."""
    theirs = select(Order.id).where(Order.purchase_id.in_(purchase_ids))
    db.session.execute(update(Rating).where(Rating.order_id.in_(theirs)).values(name=""))
