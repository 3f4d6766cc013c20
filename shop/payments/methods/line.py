"""How many may wait for a provider at once: one that is silent must not keep the pages of everybody else waiting."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Busy(Exception):
    """All that may wait are waiting; nothing was asked."""


class Line:
    """At most `most` threads of this process ask at once; a further one waits its turn for `patience` seconds.

    While one of them has waited longer than that, the provider is silent: then nobody else waits for a turn.
    """

    def __init__(self, most: int, patience: float) -> None:
        self._most, self._patience = most, patience
        self._changed = threading.Condition()
        self._begun: dict[int, float] = {}  # by thread, in seconds of the monotonic clock

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Ask inside the block; raises Busy where no turn comes."""
        me = threading.get_ident()
        with self._changed:
            self._changed.wait_for(lambda: self._has_room() or self._is_silent(), self._patience)
            if not self._has_room():
                raise Busy
            self._begun[me] = time.monotonic()
        try:
            yield
        finally:
            with self._changed:
                del self._begun[me]
                self._changed.notify()

    def _has_room(self) -> bool:
        return len(self._begun) < self._most

    def _is_silent(self) -> bool:
        return any(time.monotonic() - begun > self._patience for begun in self._begun.values())
