"""Wrecked photos sent over HTTP: a sentence each time, soon, and the memory comes back."""

import hashlib
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import photos
from tests.server import Market, running_market
from tests.shelves import with_cast

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200), pytest.mark.filterwarnings("ignore")]
SOURCES = {
    "jpeg": photos.jpeg(2000, 1500),
    "progressive": photos.jpeg(progressive=True),
    "png": photos.saved(photos.scene(), "PNG"),
    "webp": photos.saved(photos.scene(), "WEBP"),
    "two lenses": photos.two_lens(),
    "heic": photos.heif(),
    "avif": photos.heif("AVIF"),
}
MOST_SECONDS = 3.0
MOST_GROWTH = 50 * 1024  # kB
WARM_UP = 14  # files before the first look at the memory: decoders are loaded when first needed


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    with running_market(tmp_path_factory.mktemp("wrecks"), with_cast, work=False) as started:
        yield started


def test_wrecks_get_an_answer_and_leave_nothing(market: Market, record_property) -> None:
    cookie, form_token = market.signed_in("member")
    slowest, answers, before = 0.0, dict[int, int](), 0
    with httpx.Client(base_url=market.url, cookies={"session": cookie}, timeout=30) as client:
        for seed in range(photos.SEEDS):
            if seed == WARM_UP:
                before = memory_of(market)
            wreck = photos.mutated(list(SOURCES.values())[seed % len(SOURCES)], seed)
            began = time.perf_counter()
            status = by_form(client, wreck, form_token, seed) if seed % 2 else by_tus(client, wreck, seed)
            slowest = max(slowest, time.perf_counter() - began)
            answers[status] = answers.get(status, 0) + 1
    grown = memory_of(market) - before
    record_property("wrecks", f"{answers}, slowest {slowest:.2f} s, {grown} kB more")
    assert max(answers) < 500, answers
    assert slowest < MOST_SECONDS
    assert grown < MOST_GROWTH, f"{grown} kB"
    market.assert_sound()


def by_tus(client: httpx.Client, data: bytes, seed: int) -> int:
    """Through the phones' door, one draft for each wreck; the status of the last answer."""
    key = f"a-key-for-the-wreck-{seed:06}"
    said = {"draft": key, "sha256": hashlib.sha256(data).hexdigest()}
    pairs = ",".join(f"{name} {b64encode(text.encode()).decode()}" for name, text in said.items())
    own = {"X-Draft-Key": key, "Origin": str(client.base_url).rstrip("/"), "Tus-Resumable": "1.0.0"}
    begun = client.post("/my/uploads", headers=own | {"Upload-Length": str(len(data)), "Upload-Metadata": pairs})
    if begun.status_code != httpx.codes.CREATED:
        return begun.status_code
    moved = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    return client.patch(begun.headers["Location"], content=data, headers=own | moved).status_code


def by_form(client: httpx.Client, data: bytes, form_token: str, seed: int) -> int:
    """Through the page of photos, as without scripts; the draft is begun first."""
    origin = {"Origin": str(client.base_url).rstrip("/")}
    key = f"a-key-for-the-wreck-{seed:06}"
    began = client.post(
        "/my/products/new", data={"csrf_token": form_token, "draft_key": key, "do": "save"}, headers=origin
    )
    path = began.headers["Location"].rsplit("/", 1)[0] + "/photos"
    sent = client.post(path, data={"csrf_token": form_token}, files={"photo": ("a.jpg", data)}, headers=origin)
    return sent.status_code


def memory_of(market: Market) -> int:
    """Resident kB of the web server's processes, those that decode for them left out: they come and go."""
    port = market.url.rsplit(":", 1)[1]
    total = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            words = status.with_name("cmdline").read_bytes().split(b"\0")
            if any(word.endswith(f":{port}".encode()) for word in words) and b"gunicorn" in words:
                total += int(status.read_text().split("VmRSS:")[1].split()[0])
        except (OSError, IndexError):
            continue  # it has ended meanwhile
    assert total, "no process of the web server was found"
    return total
