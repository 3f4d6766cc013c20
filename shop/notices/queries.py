"""A person's notices."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple, cast

from sqlalchemy import Select, func, select

from shop.accounts.models import User
from shop.core.db import db
from shop.core.outbox import QUEUES, Outgoing
from shop.core.paging import Keyset
from shop.notices.models import Notice

NEWEST = Keyset(Notice.id, descending=True)


def of_person(user: User) -> Select[Notice]:
    """Select what a person was told."""
    return select(Notice).where(Notice.user_id == user.id)


def one_for(user: User, code: str) -> Notice | None:
    """Return the notice with this code, if it is the person's own."""
    return db.session.scalar(of_person(user).where(Notice.code == code))


def unread(user_id: int) -> int:
    """Count what a person has not read, from the index alone."""
    mine = select(func.count()).select_from(Notice).where(Notice.user_id == user_id, Notice.read_at.is_(None))
    return int(db.session.scalar(mine) or 0)


class Delivery(NamedTuple):
    """What became of one message: sent, waiting, or not delivered for a reason."""

    way: str
    state: str  # sent, waiting, failed
    at: datetime  # when it was sent or given up; when it is due
    problem: str | None


def deliveries(notices: Iterable[Notice]) -> dict[int, list[Delivery]]:
    """Return what became of each notice's messages, by notice id; one query a way."""
    keys = {notice.event: notice.id for notice in notices}
    found: dict[int, list[Delivery]] = {key: [] for key in keys.values()}
    for way, table in QUEUES.items():
        rows = db.session.scalars(select(table).where(table.event.in_(list(keys))))
        for row in cast("Iterable[Outgoing]", rows):
            found[keys[row.event]].append(_delivery(way, row))
    return found


def _delivery(way: str, row: Outgoing) -> Delivery:
    if row.sent_at:
        return Delivery(way, "sent", row.sent_at, None)
    if row.failed_at:
        return Delivery(way, "failed", row.failed_at, row.problem)
    return Delivery(way, "waiting", row.due_at, row.problem)
