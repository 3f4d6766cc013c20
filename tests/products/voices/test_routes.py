"""The spoken note without scripts: one recording beside the fields, heard, deleted, put back."""

from io import BytesIO

import pytest

from cooperatives.voices.models import VoiceNote
from cooperatives.voices.names import file_name
from products import queries, services
from products.models import Product
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.sound.notes import note_of
from tests import voices
from tests.products.complete import as_shown, draft_of, handle


@pytest.fixture
def draft(cast):
    with writing():
        return handle(draft_of(cast, "key-of-a-form"))


def path(draft, end=""):
    return f"/my/products/{draft.code}/voice{end}"


def spoken(draft):
    note = queries.open_revision(db.session.get_one(Product, draft.id)).voice
    return note.digest if note else None


def send(browser, draft, data, name="loi-ke.webm", **fields):
    return browser.post(path(draft), files={"voice": (BytesIO(data), name)}, **fields)


def by_script(browser, draft, end="", **fields):
    headers = {"X-Draft-Key": "key-of-a-form", "Origin": browser.origin}
    data = fields | {"csrf_token": browser.form_token()}
    return browser.client.post(path(draft, end), base_url=browser.origin, data=data, headers=headers)


def test_a_recording_is_kept_and_can_be_heard(browser, cast, draft, storage):
    browser.sign_in(cast.member)
    send(browser, draft, voices.webm(38), follow=True)
    assert browser.says("The recording is kept.")
    assert browser.says("Your recording (%(seconds)s seconds)", seconds=38)
    heard = browser.get(browser.one("audio").get("src"))
    assert heard.data == note_of(voices.webm(38)).data
    assert storage.exists(file_name(spoken(draft)))
    browser.get(f"/my/products/{draft.code}/edit")
    assert browser.one("#voice audio[src]").get("preload") == "none"
    browser.get(f"/my/products/{draft.code}/preview")
    assert len(browser.all("main audio")) == 1


def test_a_new_recording_takes_the_place_of_the_old(browser, cast, draft):
    browser.sign_in(cast.member)
    for _ in range(2):
        send(browser, draft, voices.webm(2))
    first = spoken(draft)
    send(browser, draft, voices.oggs(3))
    assert spoken(draft) == note_of(voices.webm(3)).digest != first
    assert db.session.query(VoiceNote).count() == 2


def test_deleted_and_put_back(browser, cast, draft):
    browser.sign_in(cast.member)
    send(browser, draft, voices.webm(2))
    digest = spoken(draft)
    browser.post(path(draft, "/removal"), digest=digest, follow=True)
    assert spoken(draft) is None
    assert browser.says("The recording is deleted.")
    assert browser.post(path(draft, "/removal"), digest=digest).status_code == 409
    browser.post(path(draft, "/restoration"), digest=digest, follow=True)
    assert spoken(draft) == digest
    assert not browser.all(".undo")
    with writing():
        told = [entry.facts["voice"] for entry in db.session.query(AuditEntry).filter_by(action="voice_changed")]
    assert told == [digest, "", digest]


def test_our_script_gets_the_player(browser, cast, draft):
    browser.sign_in(cast.member)
    send(browser, draft, voices.webm(2))
    digest = spoken(draft)
    answer = by_script(browser, draft, "/removal", digest=digest).json
    assert (answer["digest"], answer["error"]) == ("", "")
    assert "/voice/restoration" in answer["strip"]
    answer = by_script(browser, draft, "/restoration", digest=digest).json
    assert answer["digest"] == digest
    assert "<audio" in answer["strip"]


BAD = [
    (b"", 422, "Nothing can be heard in it. Record it again."),
    (b"%PDF-1.7", 422, "This is not a sound recording. Choose another file."),
    (b"ID3" + bytes(99), 422, "This kind of sound cannot be played here. Record with the form's button."),
    (voices.webm(2)[:-9], 422, "The recording arrived incomplete. Send it again."),
    (voices.webm(said=[voices.SILENCE] * 4000), 422, "This recording is too long. Speak for at most one minute."),
    (bytes(260_000), 422, "This recording is too heavy. Speak for at most one minute."),
    (bytes(400_000), 413, "This recording is too heavy. Speak for at most one minute."),
]


@pytest.mark.parametrize(("data", "status", "sentence"), BAD)
@pytest.mark.parametrize("lang", ["vi", "en", "hi"])
def test_a_bad_file_gets_a_sentence_and_the_old_note_stays(browser, cast, draft, data, status, sentence, lang):
    browser.sign_in(cast.member)
    send(browser, draft, voices.webm(2))
    before = spoken(draft)
    browser.set_cookie("lang", lang)
    assert send(browser, draft, data).status_code == status
    assert browser.says(sentence, lang)
    assert browser.one("#voice").get("aria-invalid") == "true"
    assert spoken(draft) == before


def test_nothing_chosen(browser, cast, draft):
    browser.sign_in(cast.member)
    assert browser.post(path(draft)).status_code == 422
    assert browser.says("Choose a recording first.")


def test_another_sellers_note_is_not_taken(browser, cast, draft):
    browser.sign_in(cast.stranger)
    with writing():
        theirs = handle(services.create_draft(cast.cooperative("other_cooperative"), cast.stranger, "another-key"))
    send(browser, theirs, voices.webm(4))
    digest = spoken(theirs)
    browser.sign_in(cast.member)
    assert browser.post(path(draft, "/restoration"), digest=digest).status_code == 422
    assert spoken(draft) is None


def test_while_an_officer_reads_nothing_changes(browser, cast, draft):
    browser.sign_in(cast.member)
    send(browser, draft, voices.webm(2))
    digest = spoken(draft)
    with writing():
        services.submit(db.session.get_one(Product, draft.id), cast.member)
    assert send(browser, draft, voices.webm(3)).status_code == 409
    assert browser.post(path(draft, "/removal"), digest=digest).status_code == 409
    browser.get(path(draft))
    assert not browser.all("main form")
    assert len(browser.all("audio")) == 1


def test_strangers_find_nothing(browser, cast, draft):
    browser.sign_in(cast.stranger)
    assert browser.get(path(draft)).status_code == 404
    assert send(browser, draft, voices.webm(2)).status_code == 404
    assert send(browser, draft, bytes(400_000)).status_code in {404, 413}
    assert spoken(draft) is None
    browser.sign_in(cast.officer)
    assert browser.get(path(draft)).status_code == 403
    browser.sign_out()
    assert browser.get(path(draft)).status_code == 302


def test_the_form_leads_to_the_page_without_scripts(browser, cast, draft):
    browser.sign_in(cast.member)
    browser.get(f"/my/products/{draft.code}/edit")
    answer = browser.post(f"/my/products/{draft.code}/edit", **as_shown(browser) | {"do": "voice"})
    assert answer.headers["Location"].endswith(path(draft)), answer.headers
