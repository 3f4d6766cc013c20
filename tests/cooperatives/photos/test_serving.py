"""Pictures over HTTP: private ones for those who may see them, public copies for everybody."""

from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import select

from cooperatives.photos import services, tasks
from cooperatives.photos.models import Photo, PhotoState
from cooperatives.photos.names import photo_view, rendition_name
from shop.core.db import db, writing
from shop.core.images import make_master
from shop.core.present import media_key
from tests.browser import Browser


def a_picture(colour: str = "green") -> bytes:
    out = BytesIO()
    Image.new("RGB", (900, 600), colour).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def photo(cast, storage) -> Photo:
    """A real picture of the cooperative in Bình Lư, not public."""
    master = make_master(a_picture())
    services.save_files(storage, master)
    with writing():
        services.add(cast.cooperative(), cast.member, master)
    return db.session.get_one(Photo, master.digest)


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
def test_private_pictures_have_their_readers(browser: Browser, cast, photo: Photo, who: str, answer: int) -> None:
    path = f"/photos/{photo.digest}/240.jpg"
    browser.sign_in(cast.user(who))
    found = browser.get(path)
    assert found.status_code == answer
    if answer == 200:
        assert Image.open(BytesIO(found.data)).size == (240, 160)
        assert found.headers["Cache-Control"].startswith("private")


def test_a_visitor_is_led_to_sign_in(browser: Browser, photo: Photo) -> None:
    assert browser.get(f"/photos/{photo.digest}/240.jpg").status_code == 302


@pytest.mark.parametrize("name", ["241.jpg", "1600.jpg", "240.webp", "../240.jpg", "0240.jpg", "240.jpg%00"])
def test_odd_names_are_not_found(browser: Browser, cast, photo: Photo, name: str) -> None:
    browser.sign_in(cast.member)
    assert browser.get(f"/photos/{photo.digest}/{name}").status_code in {400, 404}


def test_the_sweep_draws_what_waits(photo: Photo, storage) -> None:
    digest = photo.digest
    assert photo.state is PhotoState.WAITING
    assert tasks.draw_waiting() >= 1
    assert db.session.scalar(select(Photo.state).where(Photo.digest == digest)) is PhotoState.READY
    assert storage.exists(rendition_name(digest, 160, "avif"))


def test_published_and_taken_back(browser: Browser, photo: Photo, storage, app) -> None:
    digest, width, height = photo.digest, photo.width, photo.height
    address = photo_view(digest, width, height).url(360, "avif")
    assert browser.get(address).status_code == 404
    services.publish(storage, media_key(), [digest])
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "image/avif"
    assert not answer.headers.getlist("Set-Cookie")
    services.delete_public(storage, media_key(), digest, width)
    assert browser.get(address).status_code == 404


def test_the_public_name_does_not_say_the_digest(photo: Photo) -> None:
    assert photo.digest[:12] not in photo_view(photo.digest, 900, 600).url(360, "jpg")


def test_the_same_picture_of_two_sellers_is_one_master(cast, photo: Photo) -> None:
    digest, master = photo.digest, make_master(a_picture())
    with writing():
        services.add(cast.cooperative("other_cooperative"), cast.stranger, master)
    assert len(db.session.scalars(select(Photo).where(Photo.digest == digest)).all()) == 1
