"""The line after a decision, with the way back; a browser that decided nothing lately asks the database nothing."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any, NamedTuple

from flask import request, session, url_for

from products.review import tasks
from products.review.models import UNDO, Decision
from products.seconds import queries as seconds
from products.seconds.models import FirstLook
from shop.accounts.models import User
from shop.core import clock

_LATELY = "decided"  # in the browser's own session: decisions of it may wait for their effect


class Undoable(NamedTuple):
    """What was decided ("first": a first yes), on what, where it is undone, the seconds left, how many by one press."""

    what: str
    name: str
    url: str
    seconds: int
    goods: int = 1


def came() -> dict[str, Any]:
    """Return what narrows the queue the officer came through, as the address says: the next goods are from there."""
    return {name: request.args[name] for name in ("view", "commune", "q") if request.args.get(name)}


def is_ahead() -> bool:
    """Say whether this page is fetched ahead, by the browser or by static/js/desk.js: it gives and moves nothing."""
    headers = request.headers
    return "prefetch" in headers.get("Sec-Purpose", "") or "X-Ahead" in headers


def decided_now() -> None:
    """Remember that this browser decided something: its next pages look for what may be undone or is due."""
    session[_LATELY] = True


def undoable(officer: User) -> Undoable | None:
    """Carry out the officer's decisions that are due, and return the line for the newest he may still undo, or None.

    A first yes has a line of the same ten seconds; it can be taken back later too, from its own page.

    For a GET, outside of `writing()`, before the page is read: it may end the snapshot.
    """
    if _LATELY not in session:
        return None
    pending = tasks.settle(officer)
    now = clock.now()
    waiting = [one for one in pending if one.effective_at > now]
    first = seconds.newest_since(officer, now - UNDO)
    if not pending and first is None:
        session.pop(_LATELY)
    if first is not None and (not waiting or first.said_at > waiting[0].decided_at):
        return line_for_yes(first)
    return line_for(waiting)


def line_for_yes(first: FirstLook) -> Undoable:
    """Return the line for a first yes of which its officer may still think otherwise."""
    return _line("first", "product_seconds.withdrawal", first, first.said_at + UNDO)


def line_for(waiting: Sequence[Decision]) -> Undoable | None:
    """Return the line for the newest of some decisions, newest first, with all of the same press; None for none."""
    if not waiting:
        return None
    newest = waiting[0]
    line = _line(newest.verdict.value, "product_review.withdrawal", newest, newest.effective_at)
    together = sum(one.press == newest.press for one in waiting) if newest.press else 1
    if together == 1:
        return line
    return line._replace(url=url_for("product_bulk.withdrawal", press=newest.press), goods=together)


def _line(what: str, endpoint: str, kept: Decision | FirstLook, until: datetime) -> Undoable:
    url = url_for(endpoint, code=kept.revision.product.code, number=kept.number, **came())
    return Undoable(what, kept.revision.name, url, ceil((until - clock.now()).total_seconds()))
