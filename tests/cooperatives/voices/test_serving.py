"""Spoken notes over HTTP: who may hear one, in parts or whole, and that it is never public."""

import pytest

from cooperatives.voices import services
from cooperatives.voices.models import VoiceNote
from shop.core.db import db, writing
from shop.core.sound.notes import note_of
from tests import voices
from tests.browser import Browser

NOTE = note_of(voices.webm(5))
PATH = f"/voices/{NOTE.digest}"


@pytest.fixture(autouse=True)
def kept(cast, storage) -> None:
    """A note of the cooperative in Bình Lư."""
    services.save_file(storage, NOTE)
    with writing():
        services.add(cast.cooperative(), cast.member, NOTE)


@pytest.mark.parametrize(
    ("who", "answer"),
    [
        ("member", 200),
        ("second_member", 200),
        ("officer", 200),
        ("admin", 200),
        ("stranger", 404),
        ("officer_elsewhere", 404),
        ("buyer", 404),
        ("helper", 404),
    ],
)
def test_a_note_has_its_hearers(browser: Browser, cast, who: str, answer: int) -> None:
    browser.sign_in(cast.user(who))
    found = browser.get(PATH)
    assert found.status_code == answer
    assert (found.data == NOTE.data) is (answer == 200)


def test_a_visitor_is_led_to_sign_in(browser: Browser) -> None:
    assert browser.get(PATH).status_code == 302


def test_it_is_private_and_is_what_it_says(browser: Browser, cast) -> None:
    browser.sign_in(cast.officer)
    headers = browser.get(PATH).headers
    assert headers["Content-Type"] == "audio/webm"
    assert headers["Cache-Control"] == "private, max-age=3600"
    assert headers["Content-Disposition"] == "inline"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Accept-Ranges"] == "bytes"
    assert "Content-Encoding" not in headers


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-", 206, NOTE.data),
        ("bytes=0-99", 206, NOTE.data[:100]),
        ("bytes=-10", 206, NOTE.data[-10:]),
        ("bytes=999999-", 416, None),
    ],
)
def test_a_player_may_ask_for_parts(browser: Browser, cast, asked: str, status: int, told: bytes | None) -> None:
    browser.sign_in(cast.officer)
    answer = browser.get(PATH, headers={"Range": asked})
    assert answer.status_code == status
    if told is not None:
        assert answer.data == told
    if status == 206:
        assert answer.headers["Content-Range"].endswith(f"/{len(NOTE.data)}")


def test_who_has_it_is_not_sent_it_again(browser: Browser, cast) -> None:
    browser.sign_in(cast.officer)
    etag = browser.get(PATH).headers["ETag"]
    assert browser.get(PATH, headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("name", ["0" * 64, "x", NOTE.digest[:63], NOTE.digest + "0", NOTE.digest.upper()])
def test_what_is_not_there_is_not_found(browser: Browser, cast, name: str) -> None:
    browser.sign_in(cast.admin)
    assert browser.get(f"/voices/{name}").status_code == 404


def test_a_note_whose_file_is_gone_is_not_found(browser: Browser, cast, storage) -> None:
    for name in list(storage.list("private/voices/")):
        storage.delete(name)
    browser.sign_in(cast.member)
    assert browser.get(PATH).status_code == 404


def test_the_same_note_again_is_one_row(cast) -> None:
    with writing():
        services.add(cast.cooperative(), cast.second_member, NOTE)
        services.add(cast.cooperative("other_cooperative"), cast.stranger, NOTE)
    assert sorted(db.session.query(VoiceNote.cooperative_id).all()) == sorted(
        (cast.ids[name],) for name in ("cooperative", "other_cooperative")
    )
