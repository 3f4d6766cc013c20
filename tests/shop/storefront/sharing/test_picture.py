"""The picture that others show of a page: its name in the right letters, no price, small, and gone with its page."""

import io
import unicodedata

import extruct
import pytest
from PIL import Image, ImageChops

from cooperatives.lifecycle import CooperativeState
from products.models import RevisionText
from shop.core.db import db, writing
from shop.core.present import storage
from shop.storefront.sharing import drawing
from shop.storefront.sharing.drawing import Card
from tests import photos
from tests.shelves import give_files

ORIGIN = "http://127.0.0.1:8000"
LONG = "Chè Shan tuyết cổ thụ Tả Lèng hái búp một tôm hai lá sao tay bằng củi trên bếp gang của bà con người Mông"


def page(cast, what: str = "products") -> str:
    found = cast.product() if what == "products" else cast.cooperative()
    return f"/{what}/{found.slug}-{found.code}"


def told(browser, path: str) -> dict[str, str]:
    """What the extractor finds that the page tells of itself to who shares it."""
    assert browser.get(path).status_code == 200
    (found,) = extruct.extract(browser.response.text, syntaxes=["opengraph"], uniform=True)["opengraph"]
    return found


def picture_of(browser, path: str) -> str:
    return told(browser, path)["og:image"].removeprefix(ORIGIN)


def read(browser, path: str) -> Image.Image:
    answer = browser.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert len(answer.data) <= 100_000
    return Image.open(io.BytesIO(answer.data))


@pytest.mark.parametrize("root", ["", "/en", "/hi"])
@pytest.mark.parametrize("what", ["home", "products", "producers"])
def test_pages_tell_how_they_are_shared(browser, cast, root, what):
    path = f"{root}/" if what == "home" else root + page(cast, what)
    found = told(browser, path)
    assert found["og:url"] == ORIGIN + path == browser.one("link[rel=canonical]").get("href")
    assert found["og:title"] == browser.one("title").text_content()
    assert found["og:description"] == browser.one("meta[name=description]").get("content")
    assert browser.one("meta[name='twitter:card']").get("content") == "summary_large_image"
    assert read(browser, found["og:image"].removeprefix(ORIGIN)).size == (1200, 630)


def test_it_is_one_picture_in_every_language(browser, cast):
    with writing():
        key = cast.product().approved_revision_id
        db.session.add(RevisionText(revision_id=key, lang="en", name="Shan tea of Bình Lư"))
    assert len({picture_of(browser, root + page(cast)) for root in ("", "/en", "/hi")}) == 1


def test_others_may_keep_and_show_it_for_ever(browser, cast):
    answer = browser.get(picture_of(browser, page(cast)))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Set-Cookie" not in answer.headers


def test_it_is_drawn_once(app, browser, cast, monkeypatch):
    give_files(app)
    path = picture_of(browser, page(cast))
    first = browser.get(path).data
    monkeypatch.setattr("shop.storefront.sharing.routes.draw", None)
    assert browser.get(path).data == first


def test_price_and_stock_leave_it_alone_and_a_new_name_does_not(app, browser, cast):
    """Others keep it for months, so nothing on it may become untrue: another revision has another address."""
    give_files(app)
    before = picture_of(browser, page(cast))
    browser.get(before)
    with writing():
        cast.sku().price, cast.sku().held = 99_000, cast.sku().on_hand
    assert picture_of(browser, page(cast)) == before
    with writing():
        cast.cooperative().name = "Hợp tác xã Chè Bình Lư Mới"
    after = picture_of(browser, page(cast))
    assert after != before
    answer = browser.get(before)
    assert (answer.status_code, answer.headers["Location"]) == (302, after)
    browser.get(after)
    folder = f"private/shared/products/{cast.product().code.lower()}/"
    assert [name.removeprefix(folder) for name in storage().list(folder)] == [after.rsplit("-", 1)[1]]


def test_it_goes_with_its_page(browser, cast):
    paths = [picture_of(browser, page(cast, what)) for what in ("products", "producers")]
    assert [browser.get(path).status_code for path in paths] == [200, 200]
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
    assert [browser.get(path).status_code for path in paths] == [404, 404]


@pytest.mark.parametrize(
    "path",
    [
        "/shared/products/ZZZZZZZZ-{}.jpg",
        "/shared/producers/ZZZZZZZZ-{}.jpg",
        "/shared/home/99-{}.jpg",
        "/shared/other/12-{}.jpg",
        "/shared/home/12-zz.jpg",
    ],
)
def test_what_is_no_picture(browser, session, path):
    assert browser.get(path.format("0" * 32)).status_code == 404


def test_every_vietnamese_letter_is_drawn_and_no_box():
    """Each vowel with each tone, of each case: drawn by the font itself, and none like another."""
    vowels = "aăâeêioôơuưy"
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = {unicodedata.normalize("NFC", one + tone) for one in vowels + vowels.upper() for tone in tones}
    letters |= set("đĐăâêôơưĂÂÊÔƠƯ")
    assert drawing.drawable("".join(sorted(letters))) == "".join(sorted(letters))
    for name in ("NotoSerif-Bold-vi", "NotoSans-Bold-vi", "NotoSans-Regular-vi"):
        face = drawing._font(name, 60)
        missing = bytes(face.getmask("\uffff"))
        drawn = {letter: bytes(face.getmask(letter)) for letter in letters}
        assert missing not in drawn.values()
        assert len(set(drawn.values())) == len(letters)


def test_typed_apart_they_are_drawn_together():
    assert drawing.drawable(unicodedata.normalize("NFD", "Mường Tè, Sìn Hồ")) == "Mường Tè, Sìn Hồ"


def test_what_the_letters_lack_leaves_no_box():
    assert drawing.drawable("“Chè” 🍵 Müller — 茶… «a» 100%!") == '"Chè"  Muller – ... a 100%'


@pytest.mark.parametrize("name", ["Chè", LONG, LONG.replace(" ", ""), "🍵", "Ẫ Ỹ Ệ"])
@pytest.mark.parametrize("photo", [False, True])
def test_any_name_fits(name, photo):
    """Nothing is drawn over the edge: the margins stay as they are on a picture without words."""
    data = photos.jpeg(640, 480) if photo else None
    card = Card(name, ("Hợp tác xã Chè Bình Lư", "Xã Bình Lư"), "Chợ Phiên")
    shown, bare = (drawing.draw(one, data) for one in (card, Card("", (), "Chợ Phiên")))
    assert len(shown) <= 100_000
    edge = 1200 - 500 if photo else 1200
    for box in ((edge - 60, 0, edge - 8, 580), (0, 0, 60, 580), (0, 588, 690, 630)):
        changed = ImageChops.difference(*(Image.open(io.BytesIO(one)).convert("L").crop(box) for one in (shown, bare)))
        assert changed.getextrema()[1] < 40, box


def test_a_photo_of_noise_is_still_small():
    noise = io.BytesIO()
    Image.effect_noise((640, 480), 120).convert("RGB").save(noise, "JPEG", quality=95)
    assert len(drawing.draw(Card(LONG, ("Hợp tác xã",), "Chợ Phiên"), noise.getvalue())) <= 100_000
