"""What one process has counted and not written yet: a page never waits for it, and never fails by it.

Counting adds to a number in memory. A few seconds later a thread of its own writes all sums in one short
transaction; what cannot be written, because another writer holds the database, stays and is tried again, and
what is left when the process ends goes out then. Nothing of a person is kept at any step. Pages that a
proxy or a browser has stored are not seen here: the sums are at least so many.
"""

import atexit
import threading
from collections.abc import Callable, Mapping

from flask import Flask

from products.counts import tasks
from products.counts.services import Day
from shop.core.days import today
from shop.core.db import db
from shop.core.logs import log

PAUSE = 4.0  # seconds between the first count and the writing
LONGEST = 64.0  # seconds between two tries while nothing can be written
Sums = Mapping[Day, tuple[int, int]]


class Tally:
    """The counts of a process; `keep` writes sums in a transaction of its own, `timed` calls it by itself."""

    def __init__(self, app: Flask, keep: Callable[[Sums], None] = tasks.keep, *, timed: bool = True) -> None:
        self.app, self.keep, self.timed = app, keep, timed
        self.sums: dict[Day, tuple[int, int]] = {}
        self.lock, self.one_writer = threading.Lock(), threading.Lock()
        self.timer: threading.Timer | None = None
        self.pause = PAUSE

    def count(self, product_id: int, *, seen: int = 0, carted: int = 0) -> None:
        """Count pages seen or times in a cart for today."""
        with self.lock:
            self._add((product_id, today()), (seen, carted))
            if self.timed and self.timer is None:
                self._later()

    def flush(self) -> bool:
        """Write what was counted; False when it could not be written, and stays for the next time. Never raises."""
        with self.one_writer:
            with self.lock:
                sums, self.sums, self.timer = self.sums, {}, None
            try:
                self._write(sums)
            except Exception as problem:  # whatever it is, a count is no reason to stop a shop
                log.warning("counts", waiting=len(sums), problem=type(problem).__name__)
                self._keep_for_later(sums)
                return False
            self.pause = PAUSE
            return True

    def _write(self, sums: Sums) -> None:
        if not sums:
            return
        with self.app.app_context():
            try:
                self.keep(sums)
            finally:
                db.session.remove()

    def _keep_for_later(self, sums: Sums) -> None:
        with self.lock:
            for key, more in sums.items():
                self._add(key, more)
            self.pause = min(self.pause * 2, LONGEST)
            if self.timed and self.timer is None:
                self._later()

    def _add(self, key: Day, more: tuple[int, int]) -> None:
        seen, carted = self.sums.get(key, (0, 0))
        self.sums[key] = seen + more[0], carted + more[1]

    def _later(self) -> None:
        self.timer = threading.Timer(self.pause, self.flush)
        self.timer.daemon = True
        self.timer.start()


def init_app(app: Flask) -> None:
    """Give the app its tally; in tests it writes only when it is told to."""
    tally = app.extensions["tally"] = Tally(app, timed=not app.testing)
    if not app.testing:
        atexit.register(tally.flush)
