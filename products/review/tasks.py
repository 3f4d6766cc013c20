"""The sweeps: decisions take effect when their time comes, pictures are public while something public shows them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from flask import current_app

from cooperatives.photos import services as photos
from products.review import effect, queries
from products.review.models import Decision, Verdict
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.logs import log
from shop.core.present import media_key

AT_ONCE = 100  # copies to make in one run; drawing them may be slow
PATIENCE = timedelta(minutes=5)  # so long an approval waits for a storage that does not answer


def carry_out_due() -> int:
    """Carry out the decisions whose ten seconds are over; returns how many. `flask work` looks every two seconds."""
    return carry_out(queries.due())


def carry_out(decisions: Iterable[Decision]) -> int:
    """Carry out some due decisions, each in its own transaction and once, whoever else does the same."""
    waiting = [(one.id, one.effective_at) for one in decisions]
    return sum(_carry_out(key, since=effective_at) for key, effective_at in waiting)


def settle(officer: User) -> list[Decision]:
    """Carry out the officer's own decisions that are due, and return those that still wait, newest first.

    The door calls it before it draws a page of the desk: no page waits for a sweep that is slow.
    """
    pending = queries.pending_of(officer)
    ripe = [one for one in pending if one.effective_at <= clock.now()]
    if not ripe:
        return pending
    carry_out(reversed(ripe))
    return queries.pending_of(officer)


def _carry_out(key: int, since: datetime) -> bool:
    fresh: list[str] = []
    try:
        fresh = _copies(key)
        with writing():
            return effect.carry_out(key, fresh) is not None
    except OSError as problem:
        log.error("decision", decision=key, problem=type(problem).__name__)
        if clock.now() - since < PATIENCE:
            return False
    except DomainError as problem:
        log.error("decision", decision=key, problem=type(problem).__name__, sentence=str(problem.sentence))
    with writing():
        effect.give_up(key, fresh)
    return True


def _copies(key: int) -> list[str]:
    """Copy the pictures of an approval before it commits; returns the digests of those that were not public yet."""
    decision = db.session.get(Decision, key)
    if decision is None or decision.verdict is not Verdict.APPROVE or not decision.pending:
        return []
    fresh = queries.not_public(decision.revision)
    photos.publish(current_app.extensions["storage"], media_key(), fresh)
    return fresh


def hide_unused() -> int:
    """Delete the public copies of photos that nothing public shows any more; returns of how many photos.

    First the files, then the row: a sweep that dies between the two is done again by the next one.
    """
    storage, key, done = current_app.extensions["storage"], media_key(), 0
    for digest, width in _found(queries.unused()):
        if not queries.is_unused(digest):
            continue  # approved since the list was made
        db.session.rollback()
        photos.delete_public(storage, key, digest, width)
        with writing():
            photos.mark_private(digest)
        done += 1
    return done


def show_missing() -> int:
    """Copy the photos that are shown and have no public copies: goods resumed, sellers admitted or restored."""
    storage, key, done = current_app.extensions["storage"], media_key(), 0
    for digest, _width in _found(queries.missing(), AT_ONCE):
        try:
            photos.publish(storage, key, [digest])
        except (DomainError, OSError) as problem:
            log.error("publishing", digest=digest, problem=type(problem).__name__)
            continue
        with writing():
            photos.mark_public([digest])
        done += 1
    return done


def _found(chosen: queries.Photos, limit: int | None = None) -> Sequence[tuple[str, int]]:
    rows = [(row.digest, row.width) for row in db.session.execute(chosen.limit(limit))]
    db.session.rollback()  # files take their time; no snapshot is kept open for them
    return rows


PROMPT = [carry_out_due]  # ten seconds are ten to fifteen, whatever else is being drawn
SWEEPS = [hide_unused, show_missing]
