"""Photos of a rating: the buyer's own, three at most, public while the rating is shown and gone when taken back."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from shop.core import clock
from shop.core.db import db, writing
from shop.core.present import media_key
from shop.privacy.files import own_files, places
from shop.ratings import services
from shop.ratings.models import Rating
from shop.ratings.photos import checks, queries
from shop.ratings.photos.models import RatingPhoto
from shop.ratings.photos.names import file_name, public_names
from shop.ratings.photos.tasks import settle_photos
from tests import photos
from tests.shop.ratings.bought import hide, page_of, rated


class Files:
    """The files that a test made: the storage is that of the whole process."""

    def __init__(self, storage):
        self.storage = storage
        self.before = {*storage.list("public/"), *storage.list("private/")}

    def __call__(self, folder):
        return sorted(set(self.storage.list(folder)) - self.before)


@pytest.fixture
def files(storage):
    return Files(storage)


@pytest.fixture
def path(cast, files):
    return page_of(rated(cast, 4).order)


def picture(seed: int = 1, **kwargs):
    return photos.saved(photos.scene(320, 240 + seed), "JPEG", **kwargs)


def sent(browser, path, data=None, name="anh.jpg"):
    return browser.post(f"{path}/photos", files={"photo": (BytesIO(data or picture()), name)}).status_code


def kept():
    return db.session.query(RatingPhoto).order_by(RatingPhoto.place).all()


def rating():
    return db.session.query(Rating).one()


def product_page(browser, cast):
    product = cast.product()
    browser.get(f"/products/{product.slug}-{product.code}")
    return browser.all("li.rating .rating-photos img")


def test_added_drawn_and_shown(browser, cast, storage, files, path):
    browser.get(path)
    assert browser.one("form#photos").get("enctype") == "multipart/form-data"
    assert sent(browser, path) == 302
    assert product_page(browser, cast) == [], "not before it is drawn"
    assert (settle_photos(), settle_photos()) == (1, 0)
    image = product_page(browser, cast)[0]
    assert browser.get(image.get("src")).status_code == 200
    photo = kept()[0]
    assert photo.digest not in image.get("src") and photo.key not in image.get("src")
    assert files("public/") == sorted(public_names(media_key(), photo.key, photo.width))
    assert [problem for check in checks.CHECKS for problem in check()] == []


def test_where_it_was_taken_is_not_kept(browser, cast, storage, files, path):
    exif = Image.Exif()
    exif[0x010E] = "Số 12 phố Ngọc Hà"
    assert sent(browser, path, picture(exif=exif)) == 302
    master = storage.get(file_name(kept()[0].key))
    assert b"Ng\xe1\xbb\x8dc" not in master
    assert not Image.open(BytesIO(master)).getexif()


def test_three_at_most_and_the_same_one_once(browser, cast, storage, files, path):
    assert [sent(browser, path, picture(number)) for number in (1, 2, 2, 3)] == [302] * 4
    assert [photo.place for photo in kept()] == [1, 2, 3]
    assert sent(browser, path, picture(4)) == 422
    assert browser.says("At most %(number)s photos. Delete one first.", number=3)
    assert len(files("private/ratings/")) == 3


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"khong phai anh", "This is not a photo. Choose JPEG, PNG, WebP or HEIC."),
        (b"\xff\xd8\xff\xe0 cut", "The photo arrived incomplete. Send it again."),
    ],
)
def test_what_is_no_photo(browser, cast, storage, files, path, data, sentence):
    assert sent(browser, path, data) == 422
    assert browser.says(sentence)
    assert (kept(), files("private/ratings/")) == ([], [])


def test_none_chosen_and_two_at_once(browser, cast, storage, files, path):
    assert browser.post(f"{path}/photos").status_code == 422
    assert browser.says("Choose a photo first.")
    two = {"photo": [(BytesIO(picture(1)), "a.jpg"), (BytesIO(picture(2)), "b.jpg")]}
    assert browser.post(f"{path}/photos", files=two).status_code == 422
    assert kept() == []


def test_taken_out_it_is_gone_at_every_address(browser, cast, storage, files, path):
    sent(browser, path)
    settle_photos()
    addresses = [f"/media/{name.removeprefix('public/')}" for name in files("public/")]
    browser.get(path)
    form = browser.one("form[action$='/photos/removal']")
    code = form.cssselect("input")[0].get("value")
    assert browser.post(form.get("action"), photo=code).status_code == 302
    assert browser.post(form.get("action"), photo=code).status_code == 409
    assert product_page(browser, cast) == []
    settle_photos()
    assert {browser.get(address).status_code for address in addresses} == {404}
    assert (kept(), files("private/ratings/")) == ([], [])


def test_gone_with_the_rating(browser, cast, storage, files, path):
    sent(browser, path)
    settle_photos()
    with writing():
        services.take_back(rating(), None)
    assert settle_photos() == 1
    assert (kept(), files("public/"), files("private/ratings/")) == ([], [], [])


def test_hidden_it_leaves_the_public_and_comes_back(browser, cast, storage, files, path):
    from shop.ratings.reports import services as deciding
    from shop.ratings.reports.models import Verdict

    sent(browser, path)
    settle_photos()
    hide(cast, rating().id)
    settle_photos()
    assert files("public/") == []
    assert storage.exists(file_name(kept()[0].key)), "its author still has it"
    with writing():
        deciding.decide(rating(), cast.officer, Verdict.SHOW_AGAIN, "Xem lại")
    settle_photos()
    assert len(product_page(browser, cast)) == 1


def test_taken_out_while_it_was_being_drawn(browser, cast, storage, files, path, monkeypatch):
    """A sweep has just put the files there: the next one finds them and takes them away."""
    sent(browser, path)
    with writing():
        kept()[0].public_since = clock.now()
    with writing():
        kept()[0].removed_at = clock.now()
    photo = kept()[0]
    storage.put(next(public_names(media_key(), photo.key, photo.width)), b"x", "image/avif")
    assert settle_photos() == 1
    assert (files("public/"), kept()) == ([], [])


def test_a_master_that_is_gone_is_tried_five_times(browser, cast, storage, files, path):
    sent(browser, path)
    storage.delete(file_name(kept()[0].key))
    for _ in range(7):
        settle_photos()
        clock.pass_for_tests(timedelta(minutes=6))
    assert kept()[0].tries == queries.TRIES
    assert [problem for check in checks.CHECKS for problem in check()] != []


def test_for_14_days_and_only_with_a_rating(browser, cast, storage, files, path):
    with writing():
        rating().written_at = clock.now() - timedelta(days=15)
    assert sent(browser, path) == 409
    assert files("private/ratings/") == []
    assert sent(browser, path.rsplit("/", 1)[0] + "/KHONGCO0") == 404


def test_in_the_buyers_own_file(browser, cast, storage, files, path):
    sent(browser, path)
    with writing():
        rating().order.purchase.buyer_id = cast.ids["buyer"]
    (one,) = own_files(cast.buyer)
    assert places([one.path]) == [(one.path, file_name(kept()[0].key))]
    assert not [file for file in own_files(cast.member) if file.path.startswith("ratings/")]
