"""Photos nothing shows: kept for a month, then gone with their files; whoever takes one up again keeps it."""

from datetime import timedelta

import pytest

from cooperatives import services as cooperatives
from cooperatives.photos import clearing, tasks
from cooperatives.photos import services as keeping
from cooperatives.photos.models import Photo, PhotoBand, PhotoUse
from cooperatives.photos.names import master_name, rendition_name
from products import services
from products.models import Product
from products.photos import services as photos
from products.photos.checks import named_photos_have_their_master
from products.photos.queries import is_named
from products.photos.tasks import clear_unused
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.images import make_master
from tests import photos as pictures
from tests.products.complete import handle

MASTER = make_master(pictures.jpeg(400, 300, seed=77))
DIGEST = MASTER.digest


@pytest.fixture
def draft(cast, storage):
    """A draft whose only photo was taken out again, with the files of that photo."""
    keeping.save_files(storage, MASTER)
    with writing():
        product = services.create_draft(cast.cooperative(), cast.member, "key")
        keeping.add(product.cooperative, cast.member, MASTER)
        photos.add(product, DIGEST, cast.member)
        photos.remove(product, DIGEST, cast.member)
        found = handle(product)
    tasks.draw_waiting()
    return found


def the(found):
    return db.session.get_one(Product, found.id)


def after(days=0, **more):
    """Move the clock on, and let the sweep run."""
    clock.set_for_tests(clock.now() + timedelta(days=days, **more))
    return clear_unused()


def kept():
    return db.session.get(Photo, DIGEST, populate_existing=True)


def test_a_month_unused_then_the_files_and_an_hour_later_the_rows(draft, storage):
    assert after(2) == 0
    assert kept().unused_since
    assert after(28) == 0
    assert after(3) == 1
    assert not storage.exists(master_name(DIGEST))
    assert not storage.exists(rendition_name(DIGEST, 160, "jpg"))
    assert kept().leaving_at
    after(hours=2)
    assert kept() is None
    for table in (PhotoUse, PhotoBand):
        assert not db.session.query(table).filter_by(digest=DIGEST).count()


def test_put_back_in_time_it_begins_anew(cast, draft, storage):
    after(2)
    after(29)
    with writing():
        photos.add(the(draft), DIGEST, cast.member)
    assert kept().unused_since is None
    assert after(40) == 0
    with writing():
        photos.remove(the(draft), DIGEST, cast.member)
    assert after(20) == after(20) == 0
    assert storage.exists(master_name(DIGEST))


def test_a_sellers_own_photo_and_a_public_one_stay(cast, draft):
    with writing():
        cooperatives.set_photo(cast.cooperative(), DIGEST, cast.member)
    assert after(2) == after(40) == 0
    with writing():
        cast.cooperative().photo_digest = None
        kept().public_since = clock.now()
    assert after(2) == after(40) == 0
    with writing():
        kept().public_since = None
    assert after() == 1


def test_while_it_leaves_nobody_takes_it_up_and_afterwards_it_is_new(cast, draft, storage):
    after(2)
    after(31)
    for again in (
        lambda: photos.add(the(draft), DIGEST, cast.member),
        lambda: keeping.add(cast.cooperative(), cast.member, MASTER),
    ):
        with pytest.raises(Conflict), writing():
            again()
    after(hours=2)
    keeping.save_files(storage, MASTER)
    with writing():
        keeping.add(cast.cooperative(), cast.member, MASTER)
        photos.add(the(draft), DIGEST, cast.member)
    assert kept().likeness is not None
    assert [one for one in named_photos_have_their_master() if DIGEST in one] == []


def test_used_between_the_look_and_the_leaving(cast, draft):
    after(2)
    with writing():
        photos.add(the(draft), DIGEST, cast.member)
        kept().unused_since = clock.now() - timedelta(days=60)  # as if the use had not been noted
    with writing():
        assert not clearing.let_go(DIGEST, is_named())


def test_verify_tells_of_a_master_that_is_gone(cast, draft, storage):
    with writing():
        photos.add(the(draft), DIGEST, cast.member)
    storage.delete(master_name(DIGEST))
    assert f"photo {DIGEST}: named, but its master is gone" in list(named_photos_have_their_master())
    keeping.save_files(storage, MASTER)
    with writing():
        kept().leaving_at = clock.now()
    assert f"photo {DIGEST}: named, but it is being cleared away" in list(named_photos_have_their_master())
