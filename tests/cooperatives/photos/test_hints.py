"""What is said of a photo, and how often wrongly; kept when it comes, and for older ones by a sweep."""

import pytest
from PIL import Image
from sqlalchemy import func, select

from cooperatives.photos import services, tasks
from cooperatives.photos.hints import SENTENCES, Hint, hints_of
from cooperatives.photos.models import Photo, PhotoBand
from cooperatives.photos.names import master_name
from shop.core.db import db, writing
from shop.core.images import make_master
from shop.core.looks import looks_of
from tests import photos
from tests.cast import make_photo
from tests.shop.core.test_looks import SCENES, blurred, noisy, underexposed


def said(image):
    looks = looks_of(image)
    width, height = image.size
    return hints_of(Photo(width=width, height=height, dark=looks.dark, sharp=looks.sharp))


def test_no_false_word_about_good_pictures():
    """The synthetic half of how the thresholds were set; on 12 real and 160 drawn ones it was none as well."""
    good = [*SCENES, *map(noisy, SCENES), *(underexposed(image, 1) for image in SCENES)]
    assert [said(image) for image in good] == [[]] * len(good)


def test_bad_ones_are_told():
    assert [said(underexposed(image, 4)) for image in SCENES] == [[Hint.DARK]] * len(SCENES)
    assert [said(blurred(image, 6)) for image in SCENES] == [[Hint.BLURRED]] * len(SCENES)
    assert said(photos.scene(799, 500)) == [Hint.SMALL]
    assert said(photos.scene(600, 800)) == []
    assert said(Image.new("RGB", (1600, 1200), "black")) == [Hint.DARK]


def test_what_was_not_measured_is_not_held_against_anybody():
    assert hints_of(Photo(width=1600, height=1200)) == []
    assert set(SENTENCES) == set(Hint)


def test_kept_with_the_photo_once(cast):
    master = make_master(photos.jpeg(900, 600))
    for _ in range(2):
        with writing():
            services.add(cast.cooperative(), cast.member, master)
    kept = db.session.get(Photo, master.digest)
    assert (kept.dark, kept.sharp, kept.likeness) == (master.looks.dark, master.looks.sharp, master.looks.likeness)
    assert kept.measured_at
    assert db.session.scalar(select(func.count()).where(PhotoBand.digest == master.digest)) == 4


@pytest.fixture
def old(cast, storage):
    """A photo from before, with its file, and one whose file is gone."""
    master = make_master(photos.jpeg(900, 600, seed=7))
    storage.put(master_name(master.digest), master.data, "image/jpeg")
    with writing():
        for digest in (master.digest, "f" * 64):
            make_photo(cast.cooperative(), cast.member, digest)
    return master


def test_the_sweep_measures_what_was_there_before(old):
    assert tasks.measure() >= 2
    kept, gone = db.session.get(Photo, old.digest), db.session.get(Photo, "f" * 64)
    assert abs(kept.sharp - old.looks.sharp) < 10
    assert kept.likeness is not None
    assert (gone.dark, gone.sharp, gone.likeness) == (None, None, None)
    assert gone.measured_at
    while tasks.measure():
        pass
    assert not db.session.scalar(select(func.count()).where(Photo.measured_at.is_(None)))
