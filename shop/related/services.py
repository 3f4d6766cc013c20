"""Keeping what a night has counted: only what is another than before is written, so pages stay kept."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import delete, insert

from shop.core import clock
from shop.core.db import db
from shop.related import queries
from shop.related.models import RelatedGoods, RelatedRun
from shop.related.queries import Beside


def begin(day: date) -> RelatedRun:
    """Return the row of this night; one that was cut off goes on, older nights are forgotten."""
    db.session.execute(delete(RelatedRun).where(RelatedRun.day < day))
    run = db.session.get(RelatedRun, day) or RelatedRun(day=day, begun_at=clock.now(), changed=0)
    db.session.add(run)
    return run


def replace(day: date, wanted: Mapping[int, Beside]) -> int:
    """Make what is kept beside these products equal to what was counted; returns how many of them changed."""
    there = queries.kept(list(wanted))
    changed = [key for key, beside in wanted.items() if there.get(key, {}) != beside]
    db.session.execute(delete(RelatedGoods).where(RelatedGoods.product_id.in_(changed)))
    rows = [
        {"product_id": key, "relation": relation, "position": place, "other_id": other}
        for key in changed
        for relation, others in wanted[key].items()
        for place, other in enumerate(others, start=1)
    ]
    if rows:
        db.session.execute(insert(RelatedGoods), rows)
    if changed:
        begin(day).changed += len(changed)
    return len(changed)


def end(day: date) -> None:
    """Note that this night was counted to the end."""
    begin(day).done_at = clock.now()
