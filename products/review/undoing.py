"""The line after a decision, with the way back; a browser that decided nothing lately asks the database nothing."""

from math import ceil
from typing import Any, NamedTuple

from flask import request, session, url_for

from products.review import tasks
from products.review.models import Verdict
from shop.accounts.models import User
from shop.core import clock

_LATELY = "decided"  # in the browser's own session: decisions of it may wait for their effect


class Undoable(NamedTuple):
    """What was decided, on what, where it is undone, and the seconds left for that."""

    verdict: Verdict
    name: str
    url: str
    seconds: int


def came() -> dict[str, Any]:
    """Return what narrows the queue the officer came through, as the address says: the next goods are from there."""
    return {name: request.args[name] for name in ("view", "commune", "q") if request.args.get(name)}


def decided_now() -> None:
    """Remember that this browser decided something: its next pages look for what may be undone or is due."""
    session[_LATELY] = True


def undoable(officer: User) -> Undoable | None:
    """Carry out the officer's decisions that are due, and return the line for the newest he may still undo, or None.

    For a GET, outside of `writing()`, before the page is read: it may end the snapshot.
    """
    if _LATELY not in session:
        return None
    pending = tasks.settle(officer)
    newest = next((one for one in pending if one.effective_at > clock.now()), None)
    if not pending:
        session.pop(_LATELY)
    if newest is None:
        return None
    product, left = newest.revision.product, newest.effective_at - clock.now()
    url = url_for("product_review.withdrawal", code=product.code, number=newest.number, **came())
    return Undoable(newest.verdict, newest.revision.name, url, ceil(left.total_seconds()))
