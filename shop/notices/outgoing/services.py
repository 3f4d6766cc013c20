"""Trying again what was given up."""

from sqlalchemy import func, update

from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed
from shop.core.errors import NotFound
from shop.core.outbox import QUEUES


def try_again(way: str, problem: str, actor: User) -> int:
    """Let every message of a way that was given up for one reason begin anew; returns how many.

    What went out by another way meanwhile stays as it is. NotFound for a way that does not exist.
    """
    table = QUEUES.get(way)
    if table is None:
        raise NotFound
    dead = (table.failed_at.is_not(None), table.replaced.is_(False), func.coalesce(table.problem, "") == problem)
    fresh = {"failed_at": None, "tries": 0, "claimed_until": None, "due_at": clock.now()}
    number = changed(update(table).where(*dead).values(**fresh))
    if number:
        record("messages_tried_again", actor, actor, way=way, problem=problem, number=number)
    return number
