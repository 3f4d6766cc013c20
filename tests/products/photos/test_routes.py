"""Photos over HTTP: clean, upright, one by one; whatever is wrong with one, the draft and the others stay."""

from io import BytesIO

import piexif
import pytest
from PIL import Image

from cooperatives.photos.models import Photo, PhotoUse
from cooperatives.photos.names import master_name
from products import queries, services
from products.models import Product
from products.photos import services as photos
from shop.core.db import db, writing
from shop.core.pixels import MAX_BYTES
from tests import photos as pictures
from tests.cast import make_photo
from tests.products.complete import draft_of, handle


@pytest.fixture
def draft(cast):
    with writing():
        return handle(services.create_draft(cast.cooperative(), cast.member, "key"))


def path(draft, end=""):
    return f"/my/products/{draft.code}/photos{end}"


def digests(draft):
    return [photo.digest for photo in queries.open_revision(db.session.get_one(Product, draft.id)).photos]


def send(browser, draft, data, name="IMG_2041.jpg", **fields):
    return browser.post(path(draft), files={"photo": (BytesIO(data), name)}, **fields)


def by_script(browser, draft, end="", key="key", files=None, **fields):
    data = fields | {"csrf_token": browser.form_token()} | (files or {})
    headers = {"X-Draft-Key": key, "Origin": browser.origin, "Accept": "application/json"}
    return browser.client.post(path(draft, end), base_url=browser.origin, data=data, headers=headers)


def test_a_phone_photo_comes_out_clean_and_upright(browser, cast, draft, storage):
    browser.sign_in(cast.member)
    sent = pictures.jpeg(900, 600, orientation=6)
    assert b"secret village" in sent
    assert piexif.load(sent)["GPS"]
    send(browser, draft, sent, follow=True)
    assert browser.says("The photos are kept.")
    digest = digests(draft)[0]
    kept = storage.get(master_name(digest))
    image = Image.open(BytesIO(kept))
    assert image.size == (900, 600)
    assert not image.getexif()
    assert not piexif.load(kept)["GPS"]
    for secret in (b"secret village", pictures.COMMENT, b"Xiaomi", b"Exif", b"http://ns.adobe.com"):
        assert secret not in kept
    shown = browser.get(f"/photos/{digest}/360.jpg")
    assert shown.status_code == 200
    assert b"Exif" not in shown.data
    assert db.session.get(Photo, digest).width == 900


def test_the_same_photo_twice_is_once(browser, cast, draft):
    browser.sign_in(cast.member)
    for _ in range(2):
        assert send(browser, draft, pictures.jpeg(300, 200)).status_code == 302
    assert len(digests(draft)) == 1


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "This photo is empty. Choose it again."),
        (pictures.pdf(), "This is not a photo. Choose JPEG, PNG, WebP or HEIC."),
        (pictures.jpeg(300, 200)[:2000], None),
        (pictures.png_claiming(60_000, 60_000), "The photo is too large. Take it at a smaller size."),
        (b"GIF89a" + b"x" * 100, None),
    ],
)
def test_a_bad_file_is_refused_with_a_sentence_at_the_photo(browser, cast, draft, data, sentence):
    browser.sign_in(cast.member)
    send(browser, draft, pictures.jpeg(300, 200))
    answer = send(browser, draft, data, name="../../a.php")
    assert answer.status_code == 422
    assert browser.one("#photo-error").text_content().strip()
    assert sentence is None or browser.says(sentence)
    assert len(digests(draft)) == 1


def test_no_photo_at_all_is_said(browser, cast, draft):
    browser.sign_in(cast.member)
    assert browser.post(path(draft)).status_code == 422
    assert browser.says("Choose a photo first.")


def test_a_photo_over_the_limit_leaves_the_draft_and_says_so(browser, cast, draft):
    browser.sign_in(cast.member)
    assert send(browser, draft, b"\xff\xd8\xff" + b"x" * MAX_BYTES).status_code == 422
    assert send(browser, draft, b"\xff\xd8\xff" + b"x" * (MAX_BYTES + 200_000)).status_code == 413
    assert browser.one("#photo-error").text_content().strip()
    assert digests(draft) == []
    browser.sign_in(cast.stranger)
    assert send(browser, draft, b"\xff\xd8\xff" + b"x" * (MAX_BYTES + 200_000)).status_code in {404, 413}


def test_only_this_address_takes_so_much(browser, cast, draft):
    browser.sign_in(cast.member)
    assert browser.post(f"/my/products/{draft.code}/edit", story="x" * 1_200_000, do="save").status_code == 413
    assert browser.post(path(draft, "/order"), digest="x" * 1_200_000).status_code == 413


def test_the_tenth_photo_is_refused(browser, cast, draft):
    with writing():
        for number in range(9):
            make_photo(cast.cooperative(), cast.member, f"{number}" * 64)
            photos.add(db.session.get_one(Product, draft.id), f"{number}" * 64, cast.member)
    browser.sign_in(cast.member)
    assert send(browser, draft, pictures.jpeg(300, 200)).status_code == 422
    assert browser.says("At most %(number)s photos. Delete one first.", number=9)
    assert len(digests(draft)) == 9


def test_forty_photos_in_one_post_are_asked_one_by_one(browser, cast, draft):
    browser.sign_in(cast.member)
    many = [(BytesIO(pictures.jpeg(64, 48, seed=2)), f"{number}.jpg") for number in range(40)]
    assert browser.post(path(draft), files={"photo": many}).status_code == 422
    assert browser.says("Send the photos one by one.")


def test_order_cover_delete_and_undo_without_scripts(browser, cast, draft):
    a, b, c = ("a" * 64, "b" * 64, "c" * 64)
    with writing():
        for digest in (a, b, c):
            make_photo(cast.cooperative(), cast.member, digest)
            photos.add(db.session.get_one(Product, draft.id), digest, cast.member)
    browser.sign_in(cast.member)
    browser.post(path(draft, "/order"), digest=c, how="cover")
    assert digests(draft) == [c, a, b]
    browser.post(path(draft, "/order"), digest=a, how="later")
    assert digests(draft) == [c, b, a]
    browser.post(path(draft, "/removal"), digest=b, follow=True)
    assert digests(draft) == [c, a]
    undo = browser.one(".undo form")
    fields = {field.get("name"): field.get("value") for field in undo.cssselect("input")}
    browser.post(undo.get("action"), **fields, follow=True)
    assert digests(draft) == [c, b, a]
    assert browser.all(".undo") == []
    assert browser.post(path(draft, "/order"), digest="d" * 64, how="cover").status_code == 409
    assert browser.post(path(draft, "/order"), digest=a, how="sideways").status_code == 404
    assert browser.post(path(draft, "/removal"), digest="").status_code == 409


def test_a_photo_of_another_cooperative_cannot_be_put_in(browser, cast, draft):
    with writing():
        make_photo(cast.cooperative("other_cooperative"), cast.stranger, "d" * 64)
    browser.sign_in(cast.member)
    assert browser.post(path(draft, "/restoration"), digest="d" * 64, position="1").status_code == 422
    assert digests(draft) == []


def test_our_script_gets_the_strip(browser, cast, draft):
    browser.sign_in(cast.member)
    answer = by_script(browser, draft, files={"photo": (BytesIO(pictures.jpeg(300, 200)), "a.jpg")})
    assert (answer.status_code, answer.json["count"], answer.json["error"]) == (200, 1, "")
    assert "data-post" in answer.json["strip"]
    answer = by_script(browser, draft, files={"photo": (BytesIO(pictures.pdf()), "a.jpg")})
    assert (answer.status_code, answer.json["count"]) == (422, 1)
    assert answer.json["error"]
    answer = by_script(browser, draft, "/removal", digest=digests(draft)[0])
    assert answer.json["count"] == 0
    assert 'data-position="1"' in answer.json["strip"]
    big = BytesIO(b"\xff\xd8\xff" + b"x" * (MAX_BYTES + 200_000))
    assert by_script(browser, draft, files={"photo": (big, "a.jpg")}).status_code == 413


def test_a_page_of_another_draft_is_refused(browser, cast, draft):
    browser.sign_in(cast.member)
    answer = by_script(browser, draft, key="other", files={"photo": (BytesIO(pictures.jpeg(300, 200)), "a.jpg")})
    assert answer.status_code == 409
    assert digests(draft) == []


def test_photos_of_what_an_officer_reads_stay(browser, cast):
    with writing():
        product = draft_of(cast)
        services.submit(product, cast.member)
        product = handle(product)
    browser.sign_in(cast.member)
    before = digests(product)
    assert browser.get(path(product)).status_code == 200
    assert browser.all("input[type=file]") == []
    assert send(browser, product, pictures.jpeg(300, 200)).status_code == 409
    assert browser.post(path(product, "/removal"), digest=before[0]).status_code == 409
    assert digests(product) == before


def test_a_photo_for_live_goods_goes_into_a_draft_beside_them(browser, cast):
    tea = handle(cast.product())
    live = [photo.digest for photo in cast.product().approved.photos]
    browser.sign_in(cast.member)
    send(browser, tea, pictures.jpeg(300, 200))
    assert len(digests(tea)) == 2
    assert [photo.digest for photo in cast.product().approved.photos] == live
    shown = digests(tea)[1]
    assert db.session.get(Photo, shown).public_since is None
    browser.sign_in(cast.stranger)
    assert browser.get(f"/photos/{shown}/160.jpg").status_code == 404
    assert db.session.query(PhotoUse).filter_by(digest=shown).count() == 1
