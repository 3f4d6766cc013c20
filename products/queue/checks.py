"""What `flask verify` proves about the queue: each that waits stands in it as it is, and nothing else."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from products.queue import triggers
from shop.core.db import db


def the_queue_is_what_waits() -> Iterator[str]:
    """Every row of the queue is what its revision, product and seller say now."""
    kept, wanted = _rows(triggers.kept()), _rows(triggers.expected())
    for row in sorted(kept ^ wanted, key=str):
        stands = "stands in the queue" if row in kept else "does not stand in the queue"
        yield f"revision {row[0]}, number {row[1]} {stands} as it is"


def the_sums_are_what_waits() -> Iterator[str]:
    """The sums of each seller are what one counts in the queue."""
    for row in sorted(_rows(triggers.kept_sums()) ^ _rows(triggers.expected_sums()), key=str):
        yield f"cooperative {row[0]}: the sum of {row[1]}, {row[2]} is not what waits"


def _rows(statement: str) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in db.session.execute(text(statement))}


CHECKS = [the_queue_is_what_waits, the_sums_are_what_waits]
