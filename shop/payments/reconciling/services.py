"""Keeping what a comparison found: a difference once, gone when it is gone. Nothing here calls outside."""

from collections.abc import Iterable

from sqlalchemy import update

from shop.core import clock
from shop.core.claims import insert_once
from shop.core.db import db
from shop.core.logs import log
from shop.payments.reconciling import queries
from shop.payments.reconciling.models import Comparison, Finding
from shop.payments.reconciling.policies import Differs


def begin() -> int | None:
    """Begin the comparison of this hour; None where somebody did already."""
    hour = clock.now().strftime("%Y-%m-%dT%H")
    if not insert_once(Comparison, hour=hour, started_at=clock.now(), looked=0, found=0, healed=0):
        return None
    return db.session.query(Comparison).filter_by(hour=hour).one().id


def keep(found: Iterable[Differs]) -> None:
    """Keep the differences, and close those that are no more; a new one raises the alarm."""
    now = clock.now()
    for one in found:
        kept = queries.finding(one.kind, one.subject)
        if kept is None:
            log.error("payment_differs", kind=one.kind.value, subject=one.subject, **one.facts)
            kept = Finding(kind=one.kind, subject=one.subject)
            db.session.add(kept)
        kept.facts, kept.seen_at, kept.gone_at = one.facts, now, None
    db.session.flush()
    gone = update(Finding).where(Finding.gone_at.is_(None), Finding.seen_at < now)
    db.session.execute(gone.values(gone_at=now))


def end(comparison_id: int, looked: int, found: int, healed: int) -> None:
    """Keep how a comparison ended."""
    comparison = db.session.get_one(Comparison, comparison_id)
    comparison.done_at, comparison.looked, comparison.found, comparison.healed = clock.now(), looked, found, healed


def fail(comparison_id: int, problem: str) -> None:
    """Keep that the provider did not answer: the next hour compares."""
    db.session.get_one(Comparison, comparison_id).problem = problem
