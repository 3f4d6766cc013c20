"""Two plain gunicorn workers for whatever is measured: the yardstick and the shop are served alike."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import httpx

from shop.cli.start import HOST, free_port
from tests.bench.load import measure
from tests.server import START, Market, children, until

HELLO, SHOP = "tests.bench.hello:app", "wsgi:app"


@contextmanager
def served(market: Market, what: str) -> Iterator["Served"]:
    """Serve a WSGI application by two plain workers, one request each at a time."""
    port = free_port(27_000)
    command = (sys.executable, "-m", "gunicorn", what, "--bind", f"{HOST}:{port}", "--workers", "2")
    began = time.monotonic()
    with children(
        market.folder,
        market.env | {"ORIGIN": f"http://{HOST}:{port}"},
        [(*command, "--worker-class", "sync", "--no-control-socket", "--log-level", "warning")],
    ) as processes:
        address = f"http://{HOST}:{port}"
        until(lambda: _answers(address), f"the first answer of {what}", START)
        cold = time.monotonic() - began
        measure(address + "/", 2)  # both workers have imported everything
        yield Served(address, cold, processes[0].pid)


class Served(NamedTuple):
    """Where something is served, how many seconds passed before its first answer, and its first process."""

    url: str
    cold: float
    pid: int

    def rss(self) -> float:
        """Return the MiB that its two workers take."""
        found = 0
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                told = dict(line.split(":", 1) for line in status.read_text().splitlines())
            except OSError:
                continue  # it has ended since
            if int(told["PPid"]) == self.pid:
                found += int(told["VmRSS"].split()[0])
        return found / 1024


def _answers(address: str) -> bool:
    try:
        return httpx.get(address + "/", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
