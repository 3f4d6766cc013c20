"""Two plain gunicorn workers for whatever is measured: the yardstick and the shop are served alike."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from shop.cli.start import HOST, free_port
from tests.bench.load import measure
from tests.server import START, Market, children, until

HELLO, SHOP = "tests.bench.hello:app", "wsgi:app"


@contextmanager
def served(market: Market, what: str) -> Iterator[str]:
    """Serve a WSGI application by two plain workers, one request each at a time; gives its address."""
    port = free_port(27_000)
    command = (sys.executable, "-m", "gunicorn", what, "--bind", f"{HOST}:{port}", "--workers", "2")
    with children(
        market.folder,
        market.env | {"ORIGIN": f"http://{HOST}:{port}"},
        [(*command, "--worker-class", "sync", "--no-control-socket", "--log-level", "warning")],
    ):
        address = f"http://{HOST}:{port}"
        until(lambda: _answers(address), f"the first answer of {what}", START)
        measure(address + "/", 2)  # both workers have imported everything
        yield address


def _answers(address: str) -> bool:
    try:
        return httpx.get(address + "/", timeout=5).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
