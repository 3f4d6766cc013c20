"""Locking a rating and moving it, by the table of moves and by one guarded statement."""

from typing import Any

from sqlalchemy import select, update

from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l
from shop.ratings.lifecycle import LIFECYCLE
from shop.ratings.models import Rating

HANDLED = _l("This was already handled. Open the page again to see how it stands now.")


def lock(rating: Rating) -> None:
    """Take the rating's row until the transaction ends, and read it afresh."""
    row = select(Rating).where(Rating.id == rating.id).with_for_update()
    db.session.scalars(row.execution_options(populate_existing=True)).one()


def move(rating: Rating, action: str, **values: Any) -> None:
    """Take a step of the table, with the columns that change; raises Conflict where it stands elsewhere by now."""
    here = (Rating.id == rating.id, Rating.state.in_(LIFECYCLE.sources(action)))
    after = LIFECYCLE.moves[action][1]
    if not changed(update(Rating).where(*here).values(state=after, **values)):
        raise Conflict(HANDLED)
