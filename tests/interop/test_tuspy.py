"""tuspy, a client that others wrote, uploads to the market and goes on after a cut."""

import json
from io import BytesIO

import pytest
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed
from tusclient.uploader import Uploader

from tests.interop.household import CHUNK, Household
from tests.interop.line import Line
from tests.server import Market, until

pytestmark = pytest.mark.race
HALF = CHUNK // 2


def begin(household: Household, url: str) -> Uploader:
    """An uploader for a photo the market has not heard of."""
    client = TusClient(f"{url}/my/uploads", headers=household.headers)
    return client.uploader(file_stream=BytesIO(household.photo), chunk_size=CHUNK, metadata=household.metadata)


def go_on(household: Household, address: str | None, url: str) -> Uploader:
    """A new client that knows nothing but the address of the upload; it asks how much has come."""
    client = TusClient(f"{url}/my/uploads", headers=household.headers)
    return client.uploader(file_stream=BytesIO(household.photo), chunk_size=CHUNK, url=address)


def test_a_photo_in_one_go(market: Market, household: Household) -> None:
    begin(household, market.url).upload()
    household.has_one_photo()


def test_a_phone_that_stopped_after_the_first_chunk_goes_on_from_the_address(
    market: Market, household: Household
) -> None:
    stopped = begin(household, market.url)
    stopped.upload_chunk()

    fresh = go_on(household, stopped.url, market.url)

    assert fresh.offset == CHUNK
    fresh.upload()
    household.has_one_photo()


@pytest.mark.parametrize("rudely", [False, True], ids=["closed", "reset"])
def test_what_had_come_when_the_line_broke_inside_a_chunk_is_kept(
    household: Household, line: Line, rudely: bool
) -> None:
    broken = begin(household, line.url)
    broken.upload_chunk()
    line.break_in_patch(after=HALF, rudely=rudely)
    with pytest.raises(TusUploadFailed):
        broken.upload()
    assert line.breaks == 1
    until(lambda: household.offset() > CHUNK, "the part of the chunk that came")

    fresh = go_on(household, broken.url, line.url)

    assert CHUNK < fresh.offset < CHUNK + HALF
    fresh.upload()
    assert line.breaks == 1
    household.has_one_photo()


@pytest.mark.parametrize("chunks", [1, 2], ids=["in the middle", "at the end"])
def test_a_lost_answer_costs_nothing(household: Household, line: Line, chunks: int) -> None:
    broken = begin(household, line.url)
    for _ in range(chunks):
        broken.upload_chunk()
    line.break_before_answer()
    with pytest.raises(TusUploadFailed):
        broken.upload_chunk()
    assert line.breaks == 1

    fresh = go_on(household, broken.url, line.url)

    assert fresh.offset == min(len(household.photo), (chunks + 1) * CHUNK)
    fresh.upload()
    household.has_one_photo()


def test_tuspy_goes_on_by_itself_when_told_to_try_again(household: Household, line: Line) -> None:
    patient = begin(household, line.url)
    patient.retries, patient.retry_delay = 5, 1
    line.break_in_patch(after=HALF)
    patient.upload()
    assert line.breaks == 1
    household.has_one_photo()


def test_the_same_photo_begun_twice_goes_on_where_it_was(market: Market, household: Household) -> None:
    begin(household, market.url).upload_chunk()
    second = begin(household, market.url)
    second.retries, second.retry_delay = 1, 0  # it sends from 0, is told 409, and asks
    second.upload()
    household.has_one_photo()


def test_a_file_that_is_no_photo_is_told_once(market: Market, household: Household) -> None:
    household.photo = b"%PDF-1.7 a letter " * 20_000
    refused = begin(household, market.url)
    refused.upload_chunk()
    with pytest.raises(TusUploadFailed) as told:
        refused.upload()
    assert told.value.status_code == 422
    assert json.loads(told.value.response_content)["error"].startswith("Tệp này chưa phải là ảnh")
    with pytest.raises(TusCommunicationError) as gone:
        go_on(household, refused.url, market.url)
    assert gone.value.status_code == 410


def test_another_household_may_not_go_on(market: Market, household: Household) -> None:
    begun = begin(household, market.url)
    begun.upload_chunk()
    household.signed_in = market.signed_in("member")
    with pytest.raises(TusCommunicationError) as none:
        go_on(household, begun.url, market.url)
    assert none.value.status_code == 404
