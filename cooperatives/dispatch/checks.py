"""What must hold of sellers' calendars at any time."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import aliased

from cooperatives.dispatch.models import ClosedDays
from cooperatives.models import Cooperative
from shop.core.db import db


def closed_days_are_apart() -> Iterable[str]:
    """No day of a cooperative is closed twice."""
    other = aliased(ClosedDays)
    rows = (
        select(Cooperative.code, ClosedDays.first_day, other.first_day)
        .join(ClosedDays, ClosedDays.cooperative_id == Cooperative.id)
        .join(other, (other.cooperative_id == Cooperative.id) & (other.id > ClosedDays.id))
        .where(
            ClosedDays.cancelled_at.is_(None),
            other.cancelled_at.is_(None),
            ClosedDays.first_day <= other.last_day,
            other.first_day <= ClosedDays.last_day,
        )
    )
    for code, one, two in db.session.execute(rows):
        yield f"cooperative {code}: closed days that begin on {one} and on {two} overlap"


CHECKS = [closed_days_are_apart]
