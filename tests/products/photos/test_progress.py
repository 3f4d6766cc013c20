"""An upload answers at once; the page says what is still prepared and shows the picture all the same."""

from io import BytesIO

import pytest
from PIL import Image

from cooperatives.photos import services as keeping
from cooperatives.photos import tasks
from cooperatives.photos.models import Photo, PhotoState
from cooperatives.photos.names import ladder, rendition_name
from products import services
from shop.core.db import db, writing
from shop.core.images import make_master
from tests import photos as pictures
from tests.products.complete import handle

WORD = "The photo is being prepared"


@pytest.fixture
def path(cast):
    with writing():
        return f"/my/products/{handle(services.create_draft(cast.cooperative(), cast.member, 'key')).code}/photos"


@pytest.fixture
def sent(browser, cast, path, storage):
    """A photo that came by the form and that no other test has drawn."""
    picture = pictures.jpeg(1600, 1200, seed=3)
    for step in ladder(1600):
        storage.delete(rendition_name(make_master(picture).digest, *step))
    browser.sign_in(cast.member)
    browser.post(path, files={"photo": (BytesIO(picture), "a.jpg")})
    return db.session.query(Photo).filter_by(state=PhotoState.WAITING).one().digest


def drawn(storage, digest):
    return {step for step in ladder(1600) if storage.exists(rendition_name(digest, *step))}


def test_an_upload_draws_nothing_and_the_page_says_so(browser, storage, path, sent):
    assert drawn(storage, sent) == set()
    browser.get(path)
    assert browser.says(WORD)
    assert browser.get(f"{path}/progress").json == {"waiting": [sent]}


def test_who_looks_gets_the_one_width_and_no_more(browser, storage, path, sent):
    page = browser.get(path).text
    assert f"/photos/{sent}/160.jpg" in page
    assert f"/photos/{sent}/240" not in page
    found = browser.get(f"/photos/{sent}/160.jpg")
    assert Image.open(BytesIO(found.data)).size == (160, 120)
    assert drawn(storage, sent) == {(160, "jpg"), (160, "avif")}
    assert browser.get(f"/photos/{sent}/960.avif").status_code == 200
    assert len(drawn(storage, sent)) == 4


def test_after_the_sweep_the_word_is_gone_and_every_width_is_there(browser, storage, path, sent):
    assert tasks.draw_waiting() == 1
    assert drawn(storage, sent) == set(ladder(1600))
    browser.get(path)
    assert not browser.says(WORD)
    assert browser.get(f"{path}/progress").json == {"waiting": []}


def test_one_that_cannot_be_prepared_is_said(browser, path, sent):
    with writing():
        db.session.get_one(Photo, sent).state = PhotoState.FAILED
    browser.get(path)
    assert browser.says("This photo could not be opened. Choose another one.")
    assert not browser.says(WORD)


def test_a_master_that_is_gone_is_not_found(browser, storage, cast, sent):
    storage.delete(keeping.master_name(sent))
    assert browser.get(f"/photos/{sent}/160.jpg").status_code == 404


def test_progress_is_for_the_sellers_own(browser, cast, path, sent):
    browser.sign_in(cast.stranger)
    assert browser.get(f"{path}/progress").status_code == 404
    browser.sign_in(cast.officer)
    assert browser.get(f"{path}/progress").status_code == 403
