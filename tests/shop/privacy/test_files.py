"""One's own files come with the export: sent piece by piece, bounded, and nobody else's."""

import io
import json
import zipfile

import pytest
from flask import current_app

from cooperatives.certificates.scans import large_name
from cooperatives.households.services import file_name as consent_name
from cooperatives.models import Membership
from cooperatives.papers import services as papers
from cooperatives.papers.names import file_name as paper_name
from cooperatives.photos.names import master_name
from cooperatives.voices.models import VoiceNote
from cooperatives.voices.names import file_name as voice_name
from shop.core import clock
from shop.core.db import db, writing
from shop.privacy import files, routes
from shop.privacy.packing import streamed
from tests.browser import Browser
from tests.cast import make_photo
from tests.cooperatives.certificates.sending import sent
from tests.cooperatives.helping import helped
from tests.cooperatives.households.test_spoken import begun
from tests.shop.privacy.test_export import PATH, made

TEA, SCAN, VOICE, FOREIGN = "a" * 64, "b" * 64, "c" * 64, "d" * 64


def keep(cast, who: str, seller: str = "cooperative", *, paper: str = "", photo: str = "", voice: str = "") -> None:
    """Let somebody send a paper, a photo, a recording; their files are their own digests."""
    storage = current_app.extensions["storage"]
    with writing():
        place, person = cast.cooperative(seller), cast.user(who)
        if photo:
            make_photo(place, person, photo)
        if paper:
            papers.add(place, "registration", paper, person)
        if voice:
            row = {"cooperative_id": place.id, "digest": voice, "size": 5, "seconds": 2, "recorded_by_id": person.id}
            db.session.add(VoiceNote(**row))
    for digest, name in ((paper, paper_name), (photo, master_name), (voice, voice_name)):
        if digest:
            storage.put(name(digest), digest[:5].encode(), "application/octet-stream")


def fetched(browser: Browser, code: str) -> dict[str, bytes]:
    answer = browser.client.get(f"{PATH}/{code}", base_url=browser.origin)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "Content-Length" not in answer.headers, "sent as it is read"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as parcel:
        assert parcel.testzip() is None
        return {name: parcel.read(name) for name in parcel.namelist()}


def folders(found: dict[str, bytes]) -> set[str]:
    """What lies in folders, without the photos of the cast, whose files are there if an earlier test made them."""
    return {name for name in found if "/" in name and not name.startswith("photos/0000")}


def test_papers_photos_certificates_and_recordings_are_in_it(browser: Browser, cast) -> None:
    keep(cast, "member", paper=SCAN, photo=TEA, voice=VOICE)
    sent(cast)
    found = fetched(browser, made(browser, cast.member))
    assert {f"papers/{SCAN}.jpg", f"photos/{TEA}.jpg", f"recordings/{VOICE}.webm"} <= set(found)
    assert found[f"papers/{SCAN}.jpg"] == b"bbbbb"
    (scan,) = [name for name in found if name.startswith("certificates/")]
    digest = scan.partition("/")[2].partition(".")[0]
    assert found[scan] == current_app.extensions["storage"].get(large_name(digest))
    listed = {row["path"] for row in json.loads(found["data.json"])["files"]}
    assert folders(found) <= listed
    assert "folders" in found["index.html"].decode() or "thư mục" in found["index.html"].decode()


def test_nobody_elses(browser: Browser, cast) -> None:
    keep(cast, "second_member", photo=TEA, voice=VOICE)
    keep(cast, "stranger", "other_cooperative", photo=FOREIGN)
    assert not folders(fetched(browser, made(browser, cast.member)))


def test_what_was_sent_for_others_stays_with_them_but_the_own_voice(browser: Browser, cast) -> None:
    """A helper, or who left: the seller's photos are the seller's, a voice is its speaker's."""
    keep(cast, "second_member", photo=TEA, voice=VOICE)
    with writing():
        place = db.session.query(Membership).filter_by(user_id=cast.second_member.id).one()
        place.left_at = clock.now()
    assert folders(fetched(browser, made(browser, cast.second_member))) == {f"recordings/{VOICE}.webm"}


def test_a_spoken_consent_is_the_households(browser: Browser, cast) -> None:
    consent = begun(browser, cast)
    digest, code = consent.voice_digest, consent.code
    assert folders(fetched(browser, made(browser, cast.helper))) == set()
    found = fetched(browser, made(browser, helped.stored(code).given_by))
    assert found[f"consents/{digest}.webm"] == current_app.extensions["storage"].get(consent_name(digest or ""))


def test_a_file_that_is_gone_is_passed_over(browser: Browser, cast) -> None:
    keep(cast, "member", paper=SCAN, voice=VOICE)
    code = made(browser, cast.member)
    current_app.extensions["storage"].delete(paper_name(SCAN))
    assert folders(fetched(browser, code)) == {f"recordings/{VOICE}.webm"}


def test_bounded_the_newest_first(browser: Browser, cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shop.privacy.gathering.MOST", 1)
    keep(cast, "member", paper=SCAN)
    keep(cast, "member", voice=VOICE)
    found = fetched(browser, made(browser, cast.member))
    rows = json.loads(found["data.json"])["files"]
    assert [row["path"] for row in rows[:1]] == [files.own_files(cast.member)[0].path]
    assert rows[1]["left_out"] >= 1
    assert len(folders(found)) == 1


def test_a_large_file_never_lies_in_memory_whole(app, cast) -> None:
    """Piece after piece: the largest piece is far smaller than what is sent."""
    storage = app.extensions["storage"]
    storage.put(paper_name(SCAN), bytes(24_000_000), "image/jpeg")
    base = io.BytesIO()
    with zipfile.ZipFile(base, "w") as parcel:
        parcel.writestr("data.json", json.dumps({"files": [{"path": f"papers/{SCAN}.jpg"}]}))
    sizes = [len(piece) for piece in streamed(base.getvalue(), storage)]
    assert sum(sizes) > 24_000_000
    assert max(sizes) < 1_000_000


def test_fetched_again_and_again_is_slowed(browser: Browser, cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "MOST_AN_HOUR", 2)
    code = made(browser, cast.buyer)
    answers = [browser.client.get(f"{PATH}/{code}", base_url=browser.origin).status_code for _ in range(3)]
    assert answers == [200, 200, 429]


def test_an_export_from_before_opens_as_it_was(app, cast) -> None:
    base = io.BytesIO()
    with zipfile.ZipFile(base, "w") as parcel:
        parcel.writestr("data.json", "{}")
        parcel.writestr("index.html", "<p>")
    whole = b"".join(streamed(base.getvalue(), app.extensions["storage"]))
    with zipfile.ZipFile(io.BytesIO(whole)) as parcel:
        assert parcel.namelist() == ["data.json", "index.html"]
