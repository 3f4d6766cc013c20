"""The nightly sweep: counts what stands beside each product, then writes what is another than the night before."""

from collections.abc import Callable

from shop.core import clock
from shop.core.days import local, today
from shop.core.db import db, writing
from shop.related import queries, services
from shop.related.models import Relation
from shop.related.queries import Beside
from shop.related.similar import read, similar
from shop.related.together import together

NIGHT = 2  # o'clock here: from then on a day is counted, when most people sleep
AT_ONCE = 400  # products a transaction


def relate() -> int:
    """Count once a day from two in the morning, or at once where it never was; returns how many products changed.

    All counting comes before the first transaction, and none of these holds the database for long.
    """
    if not _is_due():
        db.session.rollback()
        return 0
    day, wanted = today(), count()
    db.session.rollback()
    changed = 0
    for chunk in _chunks(wanted):
        with writing():
            changed += services.replace(day, chunk)
    with writing():
        services.end(day)
    return changed


def count() -> dict[int, Beside]:
    """Return what should stand beside each product, and nothing beside those that have something now and should not."""
    found: dict[int, Beside] = {key: {} for key in queries.ids_beside()}
    for relation, beside in ((Relation.TOGETHER, together()), (Relation.SIMILAR, similar(read()))):
        for key, others in beside.items():
            if others:
                found.setdefault(key, {})[relation] = others
    return found


def _is_due() -> bool:
    last = queries.last_run()
    return last is None or (last < today() and local(clock.now()).hour >= NIGHT)


def _chunks(wanted: dict[int, Beside]) -> list[dict[int, Beside]]:
    keys = sorted(wanted)
    return [{key: wanted[key] for key in keys[at : at + AT_ONCE]} for at in range(0, len(keys), AT_ONCE)]


SWEEPS: list[Callable[[], int]] = [relate]
