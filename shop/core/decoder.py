"""The child process that decodes strangers' pictures: `python -m shop.core.decoder`, jobs in, answers out.

It holds no settings and no connection, so a broken decoder has nothing to give away; it imports Pillow only, so it
starts in a tenth of a second. A message is a count and that many parts, each with its length (big-endian, 32 bits).
"""

import json
import math
import os
import resource
import select
import signal
import struct
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from dataclasses import astuple
from typing import IO

from shop.core.pixels import BadPixels, looks_in, master_of, renditions_of

CPU_SECONDS = 10  # for one job; the dearest takes two and a half, a JPEG of a thousand scans any amount
MEMORY_BYTES = 1536 * 1024**2  # of address space; the dearest photo within the limits (WebP with alpha) takes 1.2 GB
IDLE_SECONDS = 300  # then the child leaves and gives its memory back
MAX_PARTS = 32
MAX_PART_BYTES = 64 * 1024**2

_NUMBER = struct.Struct(">I")
Parts = tuple[bytes, ...]


def send(pipe: IO[bytes], *parts: bytes) -> None:
    """Write one message to an unbuffered pipe; raises OSError when nobody reads."""
    blocks = [_NUMBER.pack(len(parts))]
    for part in parts:
        blocks += [_NUMBER.pack(len(part)), part]
    for block in blocks:
        rest = memoryview(block)
        while rest:
            rest = rest[pipe.write(rest) :]


def receive(pipe: IO[bytes]) -> list[bytes]:
    """Read one message; raises EOFError at the end of the pipe, ValueError when the other side talks nonsense."""
    count = _number(pipe)
    if count > MAX_PARTS:
        raise ValueError("too many parts")
    return [_exactly(pipe, _number(pipe)) for _ in range(count)]


def _number(pipe: IO[bytes]) -> int:
    return int(_NUMBER.unpack(_exactly(pipe, _NUMBER.size))[0])


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    if size > MAX_PART_BYTES:
        raise ValueError("too long a part")
    whole = bytearray()
    while len(whole) < size:
        piece = pipe.read(min(size - len(whole), 1 << 20))
        if not piece:
            raise EOFError
        whole += piece
    return bytes(whole)


def _master(data: bytes) -> Parts:
    master = master_of(data)
    assert master.looks is not None
    facts = [master.width, master.height, *astuple(master.looks)]
    return json.dumps(facts).encode(), master.data


def _looks(data: bytes) -> Parts:
    return (json.dumps(astuple(looks_in(data))).encode(),)


def _renditions(data: bytes, only: bytes = b"") -> Parts:
    drawn = renditions_of(data, int(only) if only else None)
    return json.dumps(list(drawn)).encode(), *drawn.values()


JOBS: dict[bytes, Callable[..., Parts]] = {b"master": _master, b"renditions": _renditions, b"looks": _looks}


def _answer(job: bytes, *parts: bytes) -> Parts:
    try:
        return b"ok", *JOBS[job](*parts)
    except BadPixels as error:
        return b"bad", error.fault.value.encode()


def _limit(kind: int, value: int) -> None:
    with suppress(OSError, ValueError):  # macOS refuses some of them; there the wall clock alone guards
        resource.setrlimit(kind, (value, resource.getrlimit(kind)[1]))


def _allow_cpu() -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + CPU_SECONDS)


def main() -> int:
    """Work until the parent hangs up or has had nothing to do for five minutes; 0 means no job was left undone."""
    jobs, answers = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)  # what a library prints must not pass for an answer
    warnings.simplefilter("ignore")  # libraries grumble about odd EXIF; the limits on size are checked by us
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, whose end is ours
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    with suppress(EOFError, BrokenPipeError):
        send(answers)
        while select.select([jobs], [], [], IDLE_SECONDS)[0]:
            job, *parts = receive(jobs)
            _allow_cpu()
            send(answers, *_answer(job, *parts))
    return 0


if __name__ == "__main__":
    sys.exit(main())
