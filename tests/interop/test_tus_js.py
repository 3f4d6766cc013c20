"""tus-js-client, which most tus servers are tried with, uploads to the market and goes on after a cut."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from products import queries
from tests.interop.household import CHUNK, Household
from tests.interop.line import Line
from tests.server import Market, until
from tests.tools import node

pytestmark = pytest.mark.race
CLIENT = "tests/interop/tus_js"
INSIDE = CHUNK + CHUNK // 4


@pytest.fixture
def send(household: Household, tmp_path: Path, market: Market):
    """Give a run of the client: a process of its own each time, so it knows only what it is told."""
    runtime = node.runtime(CLIENT, "tus-js-client")
    photo = tmp_path / "IMG_2041.jpg"

    def run(url: str = market.url, **told: Any) -> dict[str, Any]:
        photo.write_bytes(household.photo)
        common = {"endpoint": f"{url}/my/uploads", "chunk": CHUNK, "photo": str(photo)}
        words = common | {"headers": household.headers, "metadata": household.metadata} | told
        command = [runtime, "upload.mjs", json.dumps(words)]
        where = node.ROOT / CLIENT
        done = subprocess.run(command, cwd=where, check=False, capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def test_a_photo_in_one_go(send, household: Household) -> None:
    became = send()
    assert became["how"] == "sent", became
    whole = len(household.photo)
    assert became["asked"] == [["POST", 201, 0], *(["PATCH", 204, end] for end in (CHUNK, 2 * CHUNK, whole))]
    household.has_one_photo()


@pytest.mark.parametrize("by", ["address", "memory"])
def test_a_client_that_gave_up_goes_on(send, household: Household, tmp_path: Path, by: str) -> None:
    memory = {"memory": str(tmp_path / "uploads.json")}
    stopped = send(stopAt=CHUNK, **memory)
    assert stopped["how"] == "stopped", stopped

    became = send(**(memory if by == "memory" else {"address": stopped["address"]}))

    assert became["how"] == "sent", became
    assert became["address"] == stopped["address"]
    assert became["asked"][0] == ["HEAD", 200, CHUNK]
    household.has_one_photo()


def test_a_client_that_gave_up_inside_a_request_goes_on(send, household: Household) -> None:
    stopped = send(stopInside=INSIDE)
    assert stopped["how"] == "stopped", stopped
    assert household.offset() >= CHUNK

    became = send(address=stopped["address"], delays=[300] * 10)  # what was in the air may still be coming in

    assert became["how"] == "sent", became
    assert became["address"] == stopped["address"]
    household.has_one_photo()


@pytest.mark.parametrize("rudely", [False, True], ids=["closed", "reset"])
def test_after_a_line_that_broke_the_client_asks_and_goes_on(send, household, line: Line, rudely: bool) -> None:
    line.break_in_patch(after=CHUNK // 2, rudely=rudely)
    broken = send(line.url)
    assert (broken["how"], line.breaks) == ("failed", 1)
    until(lambda: household.offset() > 0, "the part of the chunk that came")

    became = send(line.url, address=broken["address"])

    assert became["how"] == "sent", became
    method, status, offset = became["asked"][0]
    assert (method, status) == ("HEAD", 200)
    assert 0 < offset < CHUNK // 2
    household.has_one_photo()


def test_a_lost_last_answer_costs_nothing(send, household: Household, line: Line) -> None:
    line.break_before_answer()
    broken = send(line.url, chunk=len(household.photo))
    assert (broken["how"], line.breaks) == ("failed", 1)
    became = send(line.url, address=broken["address"])
    assert became["asked"] == [["HEAD", 200, len(household.photo)]]
    household.has_one_photo()


def test_it_tries_again_by_itself(send, household: Household, line: Line) -> None:
    line.break_in_patch(after=CHUNK // 2)
    became = send(line.url, delays=[300] * 10)
    assert (became["how"], line.breaks) == ("sent", 1)
    household.has_one_photo()


def test_the_same_photo_begun_twice_goes_on_where_it_was(send, household: Household) -> None:
    stopped = send(stopAt=CHUNK)
    became = send(delays=[0])
    assert (became["how"], became["address"]) == ("sent", stopped["address"])
    assert became["asked"][:3] == [["POST", 201, CHUNK], ["PATCH", 409, -1], ["HEAD", 200, CHUNK]]
    household.has_one_photo()


def test_behind_a_proxy_that_knows_no_patch(send, household: Household) -> None:
    became = send(hidden=True)
    assert became["how"] == "sent", became
    assert {method for method, _, _ in became["asked"]} == {"POST"}
    household.has_one_photo()


def test_giving_up_for_good_takes_the_upload_back(send, household: Household, market: Market) -> None:
    stopped = send(stopAt=CHUNK, dropped=True)
    assert stopped["how"] == "stopped", stopped
    assert stopped["asked"][-1][:2] == ["DELETE", 204]
    became = send(address=stopped["address"])  # what is gone is begun anew
    assert [answer[:2] for answer in became["asked"][:2]] == [["HEAD", 404], ["POST", 201]]
    assert became["address"] != stopped["address"]
    household.has_one_photo()


def test_a_file_that_is_no_photo_is_told_and_not_tried_again(send, household: Household, market: Market) -> None:
    household.photo = b"%PDF-1.7 a letter " * 20_000
    refused = send(delays=[100] * 3)
    assert (refused["how"], refused["status"]) == ("failed", 422)
    assert json.loads(refused["said"])["error"].startswith("Tệp này chưa phải là ảnh")
    assert [answer[:2] for answer in refused["asked"]] == [["POST", 201], ["PATCH", 204], ["PATCH", 422]]
    with market.app.app_context():
        assert queries.open_revision(queries.by_draft_key(household.key)).photos == []
