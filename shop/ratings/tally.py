"""The one place that counts ratings: one guarded statement for each change, in the transaction of the rating."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.ratings.models import Rating, RatingTally
from shop.ratings.moving import HANDLED


def column(stars: int) -> Any:
    """Return the column that counts ratings of so many stars (1 to 5)."""
    return getattr(RatingTally, f"stars_{stars}")


def count(rating: Rating) -> None:
    """Count a rating that is shown from now on; the first one of a product makes its row."""
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    name = f"stars_{rating.stars}"
    none = {f"stars_{number}": 0 for number in range(1, 6)}
    values = {"product_id": rating.product_id, "cooperative_id": rating.cooperative_id, **none, name: 1}
    one_more = {name: column(rating.stars) + 1}
    row = insert(RatingTally).values(**values)
    db.session.execute(row.on_conflict_do_update(index_elements=[RatingTally.product_id], set_=one_more))


def uncount(rating: Rating, stars: int) -> None:
    """Take a rating of so many stars out of the count; raises Conflict where it is not in it."""
    _change(rating, stars, {f"stars_{stars}": column(stars) - 1})


def recount(rating: Rating, before: int, after: int) -> None:
    """Count a shown rating under another number of stars; raises Conflict where it was not counted."""
    if before != after:
        _change(rating, before, {f"stars_{before}": column(before) - 1, f"stars_{after}": column(after) + 1})


def _change(rating: Rating, stars: int, values: dict[str, Any]) -> None:
    counted = (RatingTally.product_id == rating.product_id, column(stars) > 0)
    if not changed(update(RatingTally).where(*counted).values(**values)):
        raise Conflict(HANDLED)
