"""What phones send when something went wrong: by either door a sentence in each language, and the draft stays."""

from io import BytesIO
from typing import Any

import pytest
from lxml import html

from products import queries
from products.fields import MOST_PHOTOS
from products.uploads.models import Upload
from shop.core import languages
from shop.core.db import db
from shop.core.i18n import LANGUAGES, use_language
from shop.core.i18n import lazy_gettext as _l
from shop.core.images import SENTENCES, Fault
from shop.core.pixels import MAX_BYTES
from tests import photos as pictures
from tests.products.uploads.tus import KEY, Tus

AT_MOST = _l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS)
ONE_BY_ONE = _l("Send the photos one by one.")
GOOD = pictures.jpeg(200, 150, seed=7)
FILES = {
    "a PDF named .jpg": (Fault.NOT_A_PHOTO, pictures.pdf()),
    "a zero-byte file": (Fault.EMPTY, b""),
    "a photo that ends in the middle": (Fault.CUT_SHORT, pictures.jpeg()[:5000]),
    "a 200-megapixel HEIC": (Fault.TOO_MANY_PIXELS, pictures.heif_claiming(20_000, 10_000)),
    "a 200-megapixel AVIF": (Fault.TOO_MANY_PIXELS, pictures.heif_claiming(20_000, 10_000, "AVIF")),
    "a HEIC that is no picture inside": (Fault.UNREADABLE, pictures.heif()[:40] + bytes(4000)),
}
every_language = pytest.mark.parametrize("lang", LANGUAGES)
every_file = pytest.mark.parametrize("case", FILES)


@pytest.fixture
def tus(browser, cast, storage):
    """A phone with one good photo in its draft."""
    browser.sign_in(cast.member)
    phone = Tus(browser)
    assert phone.send(GOOD).status_code == 204
    return phone


def said(sentence: Any, lang: str) -> str:
    """The sentence in that language; a language that has none of its own fails."""
    with use_language(lang):
        words = str(sentence)
    with use_language("en"):
        assert lang == "en" or words != str(sentence), f"not translated into {lang}: {words}"
    return words


def draft():
    db.session.remove()
    return queries.by_draft_key(KEY)


def shown() -> int:
    return len(queries.open_revision(draft()).photos)


@every_language
@every_file
def test_piece_by_piece(tus, browser, case, lang):
    fault, data = FILES[case]
    browser.set_cookie(languages.COOKIE, lang)
    answer = tus.send(data)
    assert answer.status_code == 422
    assert answer.json["error"] == said(SENTENCES[fault], lang)
    assert shown() == 1


@every_language
@every_file
def test_by_the_plain_form(tus, browser, case, lang):
    fault, data = FILES[case]
    browser.set_cookie(languages.COOKIE, lang)
    path = f"/my/products/{draft().code}/photos"
    answer = browser.post(path, files={"photo": (BytesIO(data), "IMG_2041.jpg")})
    assert answer.status_code == 422
    assert browser.one("#photo-error").text_content().strip() == said(SENTENCES[fault], lang)
    assert browser.document.get("lang") == lang
    assert shown() == 1


@every_language
def test_too_heavy_is_said_before_a_byte_is_sent(tus, browser, lang):
    browser.set_cookie(languages.COOKIE, lang)
    answer = tus.begin(GOOD, length=MAX_BYTES + 1)
    assert (answer.status_code, answer.json["error"]) == (413, said(SENTENCES[Fault.TOO_HEAVY], lang))
    assert answer.json["error"].count(str(MAX_BYTES // 1024**2)) == 1


@every_language
def test_forty_photos(tus, browser, lang):
    browser.set_cookie(languages.COOKIE, lang)
    answers = [tus.send(pictures.jpeg(64, 48, seed=number)) for number in range(40)]
    room = MOST_PHOTOS - 1  # beside the good one
    assert [answer.status_code for answer in answers] == [204] * room + [422] * (40 - room)
    (refusal,) = {answer.json["error"] for answer in answers[room:]}
    assert refusal == said(AT_MOST, lang)
    assert {answer.json["field"] for answer in answers[room:]} == {"photos"}
    assert shown() == MOST_PHOTOS
    assert db.session.query(Upload).count() == MOST_PHOTOS


@every_language
def test_forty_photos_in_one_post(tus, browser, lang):
    browser.set_cookie(languages.COOKIE, lang)
    many = [(BytesIO(pictures.jpeg(64, 48, seed=number)), f"{number}.jpg") for number in range(40)]
    assert browser.post(f"/my/products/{draft().code}/photos", files={"photo": many}).status_code == 422
    assert browser.one("#photo-error").text_content().strip() == said(ONE_BY_ONE, lang)
    assert shown() == 1


def cut(browser, path: str, method: str, body: bytes, arrives: int, headers: dict[str, str]):
    """A request that says how long it is and ends before that."""
    said_and_come = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": BytesIO(body[:arrives])}
    return browser.client.open(
        path,
        method=method,
        base_url=browser.origin,
        headers={"Origin": browser.origin} | headers,
        environ_overrides=said_and_come,
    )


def test_a_photo_cut_in_mid_upload_waits_for_its_rest(tus, browser):
    data = pictures.jpeg()
    path = tus.begin(data).headers["Location"]
    words = {"X-Draft-Key": KEY, "Tus-Resumable": "1.0.0", "Upload-Offset": "0"}
    answer = cut(browser, path, "PATCH", data, 3000, words | {"Content-Type": "application/offset+octet-stream"})
    assert answer.status_code == 204
    told = tus.ask("GET", path).json
    assert (told["state"], told["offset"], told["error"]) == ("receiving", 3000, "")
    assert shown() == 1
    assert tus.patch(path, data[3000:], 3000).status_code == 204
    assert shown() == 2


@every_language
def test_a_photo_cut_in_mid_upload_by_the_plain_form(tus, browser, lang):
    browser.set_cookie(languages.COOKIE, lang)
    head = f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{browser.form_token()}\r\n--x\r\n'
    head += 'Content-Disposition: form-data; name="photo"; filename="IMG_2041.jpg"\r\n\r\n'
    body = head.encode() + pictures.jpeg() + b"\r\n--x--\r\n"
    path = f"/my/products/{draft().code}/photos"
    answer = cut(browser, path, "POST", body, len(head) + 5000, {"Content-Type": "multipart/form-data; boundary=x"})
    assert answer.status_code == 400
    page = html.document_fromstring(answer.get_data(as_text=True))
    assert page.get("lang") == lang
    assert page.cssselect("h1")[0].text_content().strip()
    assert shown() == 1
