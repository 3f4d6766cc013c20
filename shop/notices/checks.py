"""What `flask verify` proves about messages."""

from collections.abc import Iterator
from datetime import timedelta

from sqlalchemy import select

from shop.core import clock
from shop.core.db import db
from shop.core.outbox import QUEUES
from shop.core.present import settings
from shop.notices.outgoing.queries import SENDERS

LONGEST = timedelta(hours=24)


def nothing_waits_for_ever() -> Iterator[str]:
    """Where there is a sender, no message is due for more than a day; another try moves the hour on."""
    for way, table in QUEUES.items():
        if SENDERS[way](settings()) is None:
            continue
        open_ = (table.sent_at.is_(None), table.failed_at.is_(None), table.due_at < clock.now() - LONGEST)
        for event, due_at in db.session.execute(select(table.event, table.due_at).where(*open_)):
            yield f"{way} {event}: due since {due_at:%Y-%m-%d %H:%M} UTC"


def what_was_replaced_has_a_successor() -> Iterator[str]:
    """Where the next way was taken, the message stands in another queue too."""
    for way, table in QUEUES.items():
        for event in db.session.scalars(select(table.event).where(table.replaced.is_(True))):
            others = [other for name, other in QUEUES.items() if name != way]
            if not any(db.session.scalar(select(other.id).where(other.event == event).limit(1)) for other in others):
                yield f"{way} {event}: given up for another way, and there is none"


CHECKS = [nothing_waits_for_ever, what_was_replaced_has_a_successor]
