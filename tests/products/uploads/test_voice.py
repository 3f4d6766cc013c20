"""A spoken note through the upload server: the same path as a photo, resumable, one for each draft."""

import hashlib

import pytest

from products import queries, services
from products.uploads.models import Kind, Upload, UploadState
from shop.core.db import db, writing
from shop.core.sound.notes import MAX_BYTES, note_of
from tests import photos as pictures
from tests import voices
from tests.products.complete import draft_of
from tests.products.uploads.tus import KEY, Tus

DATA = voices.webm(38)


@pytest.fixture
def tus(browser, cast, storage):
    browser.sign_in(cast.member)
    return Tus(browser)


def spoken():
    note = queries.open_revision(queries.by_draft_key(KEY)).voice
    return note.digest if note else None


def test_a_note_goes_on_where_it_was_cut(tus, storage):
    path = tus.begin(DATA, kind="voice").headers["Location"]
    tus.patch(path, DATA[:70_000], 0)
    assert tus.begin(DATA, kind="voice").headers["Location"] == path
    assert tus.offset(path) == 70_000
    answer = tus.patch(path, DATA[70_000:], 70_000)
    assert answer.status_code == 204
    assert answer.headers["Upload-Result"] == spoken() == note_of(DATA).digest
    assert list(storage.list(f"private/uploads/{path.rsplit('/', 1)[1]}")) == []


def test_the_same_again_is_once_and_a_new_one_takes_its_place(tus):
    for _ in range(2):
        tus.send(DATA, kind="voice")
    assert db.session.query(Upload).count() == 1
    other = voices.webm(3)
    tus.send(other, kind="voice")
    assert spoken() == note_of(other).digest


def test_a_note_is_no_photo(tus):
    for seed in range(1, 10):
        tus.begin(pictures.jpeg(seed=seed))
    assert tus.begin(pictures.jpeg(seed=10)).status_code == 422
    assert tus.send(DATA, kind="voice").status_code == 204
    assert queries.open_revision(queries.by_draft_key(KEY)).photos == []


def test_the_same_bytes_may_be_sent_as_either_kind(tus):
    first = tus.begin(DATA, kind="photo").headers["Location"]
    assert tus.begin(DATA, kind="voice").headers["Location"] != first
    assert {row.kind for row in db.session.query(Upload)} == set(Kind)


@pytest.mark.parametrize(
    ("length", "status"), [(0, 422), (MAX_BYTES, 201), (MAX_BYTES + 1, 413)], ids=["empty", "just", "too heavy"]
)
def test_what_it_may_weigh_is_said_before_it_is_sent(tus, length, status):
    answer = tus.begin(DATA, length, kind="voice")
    assert answer.status_code == status
    if status == 413:
        assert answer.json["error"].startswith("Bản ghi này nặng quá")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [(pictures.jpeg(), "Tệp này chưa phải là bản ghi âm"), (DATA[:-9], "Bản ghi gửi lên chưa đủ")],
    ids=["a photo", "cut short"],
)
def test_a_bad_file_is_refused_for_good_with_a_sentence(tus, data, sentence):
    answer = tus.send(data, kind="voice")
    assert answer.status_code == 422
    assert answer.json["error"].startswith(sentence), answer.json
    upload = db.session.query(Upload).one()
    assert upload.state is UploadState.REFUSED
    assert tus.ask("GET", f"/my/uploads/{upload.token}").json["error"] == answer.json["error"]
    assert tus.ask("HEAD", f"/my/uploads/{upload.token}").status_code == 410
    assert spoken() is None


def test_while_an_officer_reads_it_waits(tus, cast):
    path = tus.begin(DATA, kind="voice").headers["Location"]
    with writing():
        services.submit(draft_of(cast, KEY), cast.member)
    assert tus.patch(path, DATA, 0).status_code == 409
    assert spoken() is None
    with writing():
        services.take_back(queries.by_draft_key(KEY), cast.member)
    assert tus.offset(path) == len(DATA)
    assert spoken() == note_of(DATA).digest


@pytest.mark.slow
def test_wrecks_get_an_answer_below_500(tus):
    answers = set()
    for seed in range(voices.SEEDS):
        wreck = voices.mutated(seed) if seed % 3 else voices.noise(seed)
        answers.add(tus.send(wreck, kind="voice", sha256=hashlib.sha256(wreck).hexdigest()).status_code)
    assert max(answers) < 500, answers
    assert 422 in answers
