"""The upload server: piece by piece, in any order of accidents, one photo at the end."""

from io import BytesIO

import pytest
from PIL import Image

from cooperatives.photos.names import master_name
from products import queries, services
from products.uploads import tasks
from products.uploads.models import Upload, UploadState
from products.uploads.services import MOST_WAITING
from shop.core import clock
from shop.core.db import db, writing
from shop.core.pixels import MAX_BYTES
from tests import photos as pictures
from tests.products.complete import draft_of
from tests.products.uploads.tus import KEY, Tus

CHUNK = 1000


@pytest.fixture
def tus(browser, cast, storage):
    browser.sign_in(cast.member)
    return Tus(browser)


def shown():
    return [(photo.slot, photo.digest) for photo in queries.open_revision(queries.by_draft_key(KEY)).photos]


def pieces(storage, path):
    return list(storage.list("private" + path.removeprefix("/my")))


def upload():
    return db.session.query(Upload).one()


def test_the_server_says_what_it_speaks(tus):
    answer = tus.ask("OPTIONS", Tus_Resumable=None)
    assert answer.status_code == 204
    assert answer.headers["Tus-Version"] == "1.0.0"
    assert set(answer.headers["Tus-Extension"].split(",")) == {"creation", "termination", "expiration"}
    assert answer.headers["Tus-Max-Size"] == str(MAX_BYTES)


def test_a_photo_in_pieces_becomes_a_photo_of_the_draft(tus, storage):
    data = pictures.jpeg(900, 600, orientation=6)
    begun = tus.begin(data, slot="label")
    path = begun.headers["Location"]
    assert (begun.status_code, begun.headers["Upload-Offset"]) == (201, "0")
    assert begun.headers["Upload-Expires"].endswith("GMT")
    for start in range(0, len(data), CHUNK):
        assert tus.offset(path) == start
        answer = tus.patch(path, data[start : start + CHUNK], start)
        assert answer.status_code == 204
        assert int(answer.headers["Upload-Offset"]) == min(len(data), start + CHUNK)
    ((slot, digest),) = shown()
    assert (slot, answer.headers["Upload-Result"]) == ("label", digest)
    assert Image.open(BytesIO(storage.get(master_name(digest)))).size == (900, 600)
    assert pieces(storage, path) == []
    told = tus.ask("GET", path, Accept="application/json")
    assert (told.json["state"], told.json["digest"], told.json["error"]) == ("done", digest, "")


def test_the_same_bytes_again_are_the_same_upload(tus):
    data = pictures.jpeg()
    first = tus.begin(data)
    tus.patch(first.headers["Location"], data[:500], 0)
    again = tus.begin(data)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Upload-Offset"] == "500"
    for _ in range(5):
        tus.patch(again.headers["Location"], data[500:], 500)
    assert tus.send(data).status_code in {204, 409}  # all has come: the offset is the length
    assert len(shown()) == 1
    assert tus.offset(first.headers["Location"]) == len(data)


def test_photos_lie_in_the_order_the_person_took_them(tus):
    sent = [pictures.jpeg(seed=seed) for seed in (1, 2, 3)]
    digests = {}
    for place in (2, 0, 1):
        digests[place] = tus.send(sent[place], place=place).headers["Upload-Result"]
    assert [digest for _, digest in shown()] == [digests[0], digests[1], digests[2]]


def test_a_wrong_offset_is_told_and_costs_nothing(tus):
    data = pictures.jpeg()
    path = tus.begin(data).headers["Location"]
    tus.patch(path, data[:700], 0)
    assert tus.patch(path, data[:700], 0).status_code == 409
    assert tus.patch(path, data[800:], 800).status_code == 409
    assert tus.patch(path, data, 700).status_code == 413
    assert tus.offset(path) == 700


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus_Resumable": "0.2.2"}, 412),
        ({"Tus_Resumable": None}, 412),
        ({"Content_Type": "image/jpeg"}, 415),
        ({"Upload_Offset": "x"}, 400),
        ({"Upload_Offset": None}, 400),
        ({"Upload_Offset": "-1"}, 400),
        ({"X_Draft_Key": None}, 403),
        ({"Origin": "https://elsewhere.example"}, 403),
    ],
)
def test_what_is_not_the_protocol_is_refused(tus, headers, status):
    data = pictures.jpeg()
    path = tus.begin(data).headers["Location"]
    answer = tus.patch(path, data, 0, **headers)
    assert answer.status_code == status
    if status == 412:
        assert answer.headers["Tus-Version"] == "1.0.0"
    assert tus.offset(path) == 0


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ({"length": "many"}, 400),
        ({"length": MAX_BYTES + 1}, 413),
        ({"length": 0}, 422),
        ({"length": 10**20}, 400),
        ({"kind": "song"}, 400),
        ({"sha256": "abc"}, 400),
        ({"place": "first"}, 400),
        ({"draft": "another-key-than-the-header"}, 400),
        ({"for": "NOBODY00"}, 404),
    ],
)
def test_a_beginning_that_cannot_be(tus, said, status):
    answer = tus.begin(pictures.jpeg(), **said)
    assert answer.status_code == status
    assert answer.json["error"]
    assert db.session.query(Upload).count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(pictures.pdf(), "Tệp này chưa phải là ảnh"), (pictures.jpeg()[:2000], "Ảnh gửi lên chưa đủ")],
    ids=["a letter", "cut short"],
)
def test_a_bad_file_is_refused_for_good_with_a_sentence(tus, storage, data, sentence):
    answer = tus.send(data)
    assert answer.status_code == 422
    assert answer.json["error"].startswith(sentence), answer.json
    path = f"/my/uploads/{upload().token}"
    assert tus.ask("HEAD", path).status_code == 410
    assert tus.patch(path, b"x", len(data)).status_code == 410
    assert tus.ask("GET", path).json["error"] == answer.json["error"]
    assert shown() == []
    assert pieces(storage, path) == []
    assert tus.begin(data).headers["Location"] != path  # another try is another upload


def test_bytes_that_are_not_what_was_announced(tus):
    data = pictures.jpeg()
    answer = tus.patch(tus.begin(data).headers["Location"], bytes(len(data)), 0)
    assert answer.status_code == 422
    assert upload().state is UploadState.REFUSED


def test_the_tenth_photo_is_refused_before_it_is_sent(tus):
    for seed in range(1, 10):
        assert tus.begin(pictures.jpeg(seed=seed)).status_code == 201
    answer = tus.begin(pictures.jpeg(seed=10))
    assert answer.status_code == 422
    assert answer.json["field"] == "photos"


def test_too_much_on_the_way_waits(tus, cast, monkeypatch):
    monkeypatch.setattr("products.uploads.services.MOST_WAITING", 2)
    assert MOST_WAITING > 9
    for seed in (1, 2):
        tus.begin(pictures.jpeg(seed=seed))
    answer = tus.begin(pictures.jpeg(seed=3))
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "600")


def test_while_an_officer_reads_nothing_is_added(tus, cast):
    data = pictures.jpeg()
    begun = tus.begin(data)
    with writing():
        services.submit(draft_of(cast, KEY), cast.member)
    assert tus.begin(pictures.jpeg(seed=2)).status_code == 409
    path = begun.headers["Location"]
    answer = tus.patch(path, data, 0)
    assert answer.status_code == 409
    assert tus.offset(path) == len(data)  # it has come; no client needs to send it again
    told = tus.ask("GET", path).json
    assert (told["state"], told["digest"], told["error"]) == ("receiving", "", answer.json["error"])
    with writing():
        services.take_back(queries.by_draft_key(KEY), cast.member)
    assert tus.offset(path) == len(data)  # asking finishes what had come whole
    assert upload().state is UploadState.DONE


def test_what_had_come_when_the_server_stopped_is_finished_by_the_sweep(tus, cast, monkeypatch):
    data = pictures.jpeg()
    monkeypatch.setattr("products.uploads.routes._finish", lambda _token: None)
    tus.send(data)
    assert shown() == []
    assert tasks.finish_received() == 0  # the request itself may still be at it
    clock.set_for_tests(clock.after(minutes=5))
    assert tasks.finish_received() == 1
    assert len(shown()) == 1
    assert tasks.finish_received() == 0


@pytest.mark.parametrize("method", ["HEAD", "GET"])
def test_what_had_come_and_is_no_photo_is_told_when_asked(tus, monkeypatch, method):
    with monkeypatch.context() as stopped:
        stopped.setattr("products.uploads.routes._finish", lambda _token: None)
        tus.send(pictures.pdf())
    path = f"/my/uploads/{upload().token}"
    assert upload().state is UploadState.RECEIVING
    answer = tus.ask(method, path)
    if method == "HEAD":
        assert (answer.status_code, answer.headers["Tus-Resumable"]) == (410, "1.0.0")
    else:
        assert answer.json["error"].startswith("Tệp này chưa phải là ảnh")
    assert upload().state is UploadState.REFUSED


def test_old_uploads_and_their_pieces_go(tus, storage):
    path = tus.begin(pictures.jpeg()).headers["Location"]
    tus.patch(path, bytes(500), 0)
    assert len(pieces(storage, path)) == 1
    assert tasks.forget_old() == 0
    clock.set_for_tests(clock.after(days=8))
    assert tasks.forget_old() == 1
    assert pieces(storage, path) == []
    assert db.session.query(Upload).count() == 0


def test_dropping_an_upload(tus, storage):
    path = tus.begin(pictures.jpeg()).headers["Location"]
    tus.patch(path, bytes(500), 0)
    assert tus.ask("DELETE", path).status_code == 204
    assert tus.ask("HEAD", path).status_code == 404
    assert pieces(storage, path) == []


def test_a_stranger_finds_nothing(tus, browser, cast):
    path = tus.begin(pictures.jpeg()).headers["Location"]
    browser.sign_in(cast.stranger)
    for method in ("HEAD", "GET", "DELETE"):
        assert tus.ask(method, path).status_code == 404
    assert tus.patch(path, b"x", 0).status_code == 404
    assert tus.begin(pictures.jpeg()).status_code == 404  # the draft is not his
    browser.sign_out()
    assert tus.ask("HEAD", path).status_code == 401


def test_old_proxies_may_hide_the_method(tus):
    path = tus.begin(pictures.jpeg()).headers["Location"]
    assert tus.ask("POST", path, X_HTTP_Method_Override="HEAD").headers["Upload-Offset"] == "0"
    assert tus.ask("POST", path).status_code == 405
