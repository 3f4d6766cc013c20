"""How the queues stand."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from shop.core import clock
from shop.core.db import db
from shop.core.outbox import QUEUES, Queue
from shop.core.present import settings
from shop.notices.push.sender import push_sender
from shop.notices.senders import mail_sender, sms_sender, zalo_sender

SENDERS = {"mail": mail_sender, "sms": sms_sender, "zalo": zalo_sender, "push": push_sender}
DAY = timedelta(days=1)


class Failure(NamedTuple):
    """Messages that were given up for one reason, with no other way taken."""

    problem: str
    number: int
    last: datetime | None


class State(NamedTuple):
    """One queue: is there a sender, what is due and since when, what went out in a day, what failed."""

    way: str
    sender: bool
    due: int
    oldest: datetime | None
    later: int
    sent: int
    failures: list[Failure]


def waiting(table: Queue) -> tuple[int, datetime | None]:
    """Return how many messages of a queue are due, and since when the first of them is."""
    due = select(func.count(), func.min(table.due_at)).where(
        table.sent_at.is_(None), table.failed_at.is_(None), table.due_at <= clock.now()
    )
    number, oldest = db.session.execute(due).one()
    return int(number), oldest


def states() -> list[State]:
    """Return how each queue stands."""
    return [_state(way, table) for way, table in QUEUES.items()]


def _state(way: str, table: Queue) -> State:
    number, oldest = waiting(table)
    open_ = select(func.count()).where(table.sent_at.is_(None), table.failed_at.is_(None))
    later = db.session.scalar(open_.where(table.due_at > clock.now())) or 0
    sent = db.session.scalar(select(func.count()).where(table.sent_at > clock.now() - DAY)) or 0
    dead = (
        select(table.problem, func.count(), func.max(table.failed_at))
        .where(table.failed_at.is_not(None), table.replaced.is_(False))
        .group_by(table.problem)
        .order_by(func.count().desc(), table.problem)
    )
    failures = [Failure(problem or "", number, last) for problem, number, last in db.session.execute(dead)]
    return State(way, SENDERS[way](settings()) is not None, number, oldest, later, sent, failures)
