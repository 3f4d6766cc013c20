"""Strangers' pictures are decoded in a child process with little memory, little time and no secrets."""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import IO

from shop.config import ROOT
from shop.core import decoder
from shop.core.db import forbid_in_writing
from shop.core.images import bad_photos
from shop.core.looks import Looks
from shop.core.pixels import BadPixels, Fault, Master, Renditions, format_at_sight

WALL_SECONDS = 20
JOBS_PER_CHILD = 200


def master_in_child(data: bytes) -> Master:
    """Make the master of a stranger's photo; raises BadPhoto, also when the decoder crashes or takes 20 s.

    RuntimeError inside `writing()`, and when no child can be started.
    """
    facts, blob = _ask(b"master", data)
    width, height, *looks = json.loads(facts)
    return Master.of(blob, int(width), int(height), Looks(*looks))


def looks_in_child(master: bytes) -> Looks:
    """Measure a master that was made before anybody measured; raises as above."""
    return Looks(*json.loads(_ask(b"looks", master)[0]))


def renditions_in_child(master: bytes, only: int | None = None) -> Renditions:
    """Draw the ladder of a master, or one width: {(width in pixels, "avif" or "jpg"): bytes}; raises as above."""
    facts, *blobs = _ask(b"renditions", master, *([] if only is None else [b"%d" % only]))
    return {(int(width), str(ext)): blob for (width, ext), blob in zip(json.loads(facts), blobs, strict=True)}


def decode_in_child(data: bytes) -> tuple[Master, Renditions]:
    """Make the master and its ladder at once; raises as above."""
    master = master_in_child(data)
    return master, renditions_in_child(master.data)


def _ask(job: bytes, data: bytes, *more: bytes) -> list[bytes]:
    forbid_in_writing("picture decode")
    with bad_photos():
        format_at_sight(data)  # the empty, the too heavy and the foreign need no child
        try:
            verdict, *parts = the_decoder.run(job, data, *more)
        except ChildGone as error:
            raise BadPixels(Fault.UNREADABLE) from error
        if verdict != b"ok":
            raise BadPixels(Fault(parts[0].decode()))
        return parts


class ChildGone(Exception):
    """The child ended, or was ended, instead of answering."""


class Decoder:
    """One child per process, started when first needed; threads take turns."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self.child: Child | None = None

    def run(self, job: bytes, *parts: bytes) -> list[bytes]:
        """Hand a job to the child; raises ChildGone when it dies over it, and the next job gets a fresh one."""
        with self._turn:
            for _ in range(2):
                child = self._usable_child()
                try:
                    return child.ask(job, *parts)
                except ChildGone:
                    self.close()
                    if child.exit_code != 0:
                        raise
                    # 0: it had just left for want of work and never began this job, so another one shall
            raise ChildGone

    def _usable_child(self) -> "Child":
        if self.child is not None and not self.child.usable:
            self.close()
        self.child = self.child or Child()
        return self.child

    def close(self) -> None:
        """End the child, if there is one."""
        child, self.child = self.child, None
        if child is not None:
            child.end()

    def forget(self) -> None:
        """After a fork the child is the parent's, and the lock may be held by a thread that is not here."""
        child, self.child, self._turn = self.child, None, threading.Lock()
        if child is not None:
            child.disown()


class Child:
    """A running decoder, seen from outside."""

    def __init__(self) -> None:
        # Started by exec, never a bare fork; the empty environment keeps keys from whoever breaks a decoder.
        command = [sys.executable, "-s", "-m", "shop.core.decoder"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, bufsize=0, cwd=ROOT, env={})  # noqa: S603
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._jobs: IO[bytes] = self._process.stdin
        self._answers: IO[bytes] = self._process.stdout
        self._begun = 0
        try:
            self._in_time(lambda: decoder.receive(self._answers))
        except ChildGone as error:
            self.end()
            raise RuntimeError("the picture decoder does not start: python -m shop.core.decoder says why") from error

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def usable(self) -> bool:
        """Alive, and not yet due for replacement."""
        return self._process.poll() is None and self._begun < JOBS_PER_CHILD

    @property
    def exit_code(self) -> int | None:
        """How it ended: 0 by itself, below 0 by that signal."""
        return self._process.returncode

    def ask(self, *parts: bytes) -> list[bytes]:
        """Send one job and wait for its answer, WALL_SECONDS at most; raises ChildGone."""
        self._begun += 1

        def exchange() -> list[bytes]:
            decoder.send(self._jobs, *parts)
            return decoder.receive(self._answers)

        return self._in_time(exchange)

    def _in_time(self, exchange: Callable[[], list[bytes]]) -> list[bytes]:
        watchdog = threading.Timer(WALL_SECONDS, self._process.kill)
        watchdog.daemon = True
        watchdog.start()
        try:
            return exchange()
        except (OSError, EOFError, ValueError) as error:  # nobody reads; nobody answers; no answer of ours
            raise ChildGone from error
        finally:
            watchdog.cancel()

    def end(self) -> None:
        """Hang up, give it a moment to leave by itself, and reap it."""
        self._close_pipes()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(0.5)
        self._process.kill()
        self._process.wait()

    def disown(self) -> None:
        """Close our copies of the pipes of a child that belongs to another process."""
        self._close_pipes()
        self._process.returncode = 0

    def _close_pipes(self) -> None:
        self._jobs.close()
        self._answers.close()


the_decoder = Decoder()
os.register_at_fork(after_in_child=the_decoder.forget)
atexit.register(the_decoder.close)
