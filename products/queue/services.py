"""Claiming what waits: an officer who opens it has it for a quarter of an hour."""

from datetime import timedelta
from typing import Any

from sqlalchemy import case, or_, update
from sqlalchemy.dialects import postgresql, sqlite

from products.queue.claims import live
from products.queue.models import Claim
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import changed, db

LEASE = timedelta(minutes=15)


def claim(revision_id: int, number: int, officer: User) -> bool:
    """Take a revision for a quarter of an hour, or keep it as long again; returns whether the officer has it now.

    One guarded upsert decides between many at once. What somebody else has is his until he decides, lets go, or
    the time is over; another number of the same revision is free again.
    """
    now = clock.now()
    insert: Any = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    ours = (Claim.officer_id == officer.id) & live(now)
    free = or_(Claim.ended_at.is_not(None), Claim.expires_at <= now, Claim.number != number, ours)
    fresh = {"number": number, "officer_id": officer.id, "expires_at": now + LEASE, "ended_at": None}
    taken = (
        insert(Claim)
        .values(revision_id=revision_id, began_at=now, **fresh)
        .on_conflict_do_update(
            index_elements=[Claim.revision_id],
            set_=fresh | {"began_at": case((ours & (Claim.number == number), Claim.began_at), else_=now)},
            where=free,
        )
        .returning(Claim.revision_id)
    )
    return db.session.scalar(taken) is not None


def renew(revision_id: int, number: int, officer: User) -> bool:
    """Keep what the officer has for a quarter of an hour from now; False where he has it no more."""
    return _mine(revision_id, officer, number=number, values={"expires_at": clock.now() + LEASE})


def let_go(revision_id: int, officer: User) -> bool:
    """End the officer's own claim, by a decision or by his word; False where he has none."""
    return _mine(revision_id, officer, values={"ended_at": clock.now()})


def _mine(revision_id: int, officer: User, *, values: dict[str, Any], number: int | None = None) -> bool:
    ours = [Claim.revision_id == revision_id, Claim.officer_id == officer.id, live(clock.now())]
    if number is not None:
        ours.append(Claim.number == number)
    return changed(update(Claim).where(*ours).values(**values).execution_options(synchronize_session=False)) == 1
