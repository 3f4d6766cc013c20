"""Photos of ratings: each rating its own, what is guarded below the page, and the sweep beside other photos."""

from datetime import timedelta
from io import BytesIO

import pytest

from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from shop.core.images import make_master
from shop.core.pixels import MAX_BYTES
from shop.privacy.files import own_files
from shop.ratings.models import Rating
from shop.ratings.photos import checks, queries, routes, services
from shop.ratings.photos.models import RatingPhoto
from shop.ratings.photos.names import file_name
from shop.ratings.photos.tasks import settle_photos
from shop.ratings.reports import services as deciding
from shop.ratings.reports.models import Verdict
from tests import photos
from tests.shop.ratings.bought import delivered, hide, page_of, rated


@pytest.fixture
def two(cast, storage):
    """The ids of two ratings with a photo each, drawn."""
    keys = [rated(cast, 5).id, rated(cast, 3).id]
    for seed, key in enumerate(keys):
        add(storage, key, seed)
    assert settle_photos() == 2
    return keys


def fresh(key):
    return db.session.get_one(Rating, key, populate_existing=True)


def add(storage, key, seed):
    master, name = make_master(photos.jpeg(320, 240, seed=seed)), f"{key:032x}{seed:032x}"
    services.save_file(storage, name, master)
    with writing():
        return services.add(fresh(key), name, master, None)


def of(key):
    return db.session.query(RatingPhoto).filter_by(rating_id=key).order_by(RatingPhoto.place).populate_existing().all()


def sound():
    return [problem for check in checks.CHECKS for problem in check()] == []


def test_each_rating_has_its_own(cast, two):
    for key in two:
        assert [one.rating_id for one in queries.standing(fresh(key))] == [key]
        assert [len(found) for found in queries.shown_of([key]).values()] == [1]
    assert sorted(queries.shown_of(two)) == sorted(two)


def test_hidden_its_photo_alone_leaves_and_comes_back(cast, storage, two):
    first, second = two
    hide(cast, first)
    assert (settle_photos(), settle_photos()) == (1, 0)
    (gone,), (stays,) = of(first), of(second)
    assert (gone.public_since, gone.drawn_at, gone.tries, gone.claimed_until) == (None, None, 0, None)
    assert stays.public_since and stays.drawn_at
    assert storage.exists(file_name(stays.key)) and storage.exists(file_name(gone.key))
    assert list(queries.shown_of(two)) == [second]
    with writing():
        deciding.decide(fresh(first), cast.officer, Verdict.SHOW_AGAIN, "Xem lại.")
    assert (settle_photos(), settle_photos()) == (1, 0)
    assert (sorted(queries.shown_of(two)), sound()) == (sorted(two), True)


def test_hidden_beside_one_that_was_taken_out(cast, storage, two):
    """One sweep does both: only what its author took out is deleted for good."""
    first, second = two
    hide(cast, first)
    with writing():
        services.remove(fresh(second), of(second)[0].code, None)
    assert settle_photos() == 2
    assert (len(of(first)), len(of(second))) == (1, 0)
    assert storage.exists(file_name(of(first)[0].key))


def test_taken_out_its_own_alone_and_at_once(cast, storage, two):
    first, second = two
    add(storage, first, 7)
    add(storage, first, 8)
    settle_photos()
    code, left = of(first)[1].code, [one.code for one in (of(first)[0], of(first)[2])]
    with writing():
        services.remove(fresh(first), code, None)
    assert len(queries.shown_of([first])[first]) == 2, "not shown from now on"
    settle_photos()
    assert [one.code for one in of(first)] == left
    assert len(of(second)) == 1
    assert sound()
    with pytest.raises(Conflict), writing():
        services.remove(fresh(second), left[0], None)
    actions = [row.action for row in db.session.query(AuditEntry) if row.action.startswith("rating_photo")]
    assert actions == ["rating_photo_added"] * 4 + ["rating_photo_removed"]


def test_taken_out_before_it_was_drawn_it_is_deleted_too(cast, storage, two):
    key = two[0]
    add(storage, key, 7)
    gone = of(key)[1]
    name = file_name(gone.key)
    with writing():
        fresh(key).order.purchase.buyer_id = cast.ids["buyer"]
        services.remove(fresh(key), gone.code, None)
    assert len([one for one in own_files(cast.buyer) if one.path.startswith("ratings/")]) == 1, "nor exported"
    assert (settle_photos(), storage.exists(name), len(of(key))) == (1, False, 1)


def test_verify_asks_for_no_file_of_what_is_being_deleted(cast, storage, two):
    key = two[0]
    with writing():
        services.remove(fresh(key), of(key)[0].code, None)
    storage.delete(file_name(of(key)[0].key))
    assert sound()
    storage.delete(file_name(of(two[1])[0].key))
    assert not sound()


def test_below_the_page_there_are_three_at_most_too(cast, storage, two):
    key = two[0]
    assert [add(storage, key, seed) for seed in (7, 7, 8)] == [True, False, True]
    with pytest.raises(Invalid):
        add(storage, key, 9)
    assert len(of(key)) == 3


def test_none_is_added_to_what_is_hidden_or_old(cast, storage, two):
    first, second = two
    hide(cast, first)
    with writing():
        fresh(second).written_at = clock.now() - timedelta(days=15)
    for key in two:
        with pytest.raises(Conflict):
            add(storage, key, 9)
    assert [len(of(key)) for key in two] == [1, 1]


def test_one_that_cannot_be_drawn_stops_no_other(cast, storage, two):
    first = two[0]
    for key in two:
        add(storage, key, 9)
    storage.delete(file_name(of(first)[1].key))
    assert settle_photos() == 1
    assert [one.drawn_at is not None for key in two for one in of(key)] == [True, False, True, True]


def test_not_before_there_is_a_rating(browser, cast, storage):
    path = page_of(delivered(cast))
    photo = {"photo": (BytesIO(photos.jpeg()), "a.jpg")}
    assert browser.post(f"{path}/photos", files=photo).status_code == 404
    assert browser.post(f"{path}/photos/removal", photo="x").status_code == 404


def test_a_whole_photo_fits_and_one_too_heavy_is_said(browser, cast, storage):
    rating = rated(cast)
    path, key = page_of(rating.order), rating.id
    whole = photos.jpeg(320, 240) + bytes(3_000_000)
    assert browser.post(f"{path}/photos", files={"photo": (BytesIO(whole), "a.jpg")}).status_code == 302
    heavy = bytes(MAX_BYTES + 200_000)
    assert browser.post(f"{path}/photos", files={"photo": (BytesIO(heavy), "a.jpg")}).status_code == 413
    assert browser.all(".error")
    removal = browser.post(f"{path}/photos/removal", files={"photo": (BytesIO(whole), "a.jpg")})
    assert removal.status_code == 413, "only the upload may be so large"
    assert len(of(key)) == 1


def test_an_hour_has_a_bound(browser, cast, storage, monkeypatch):
    monkeypatch.setattr(routes, "PHOTOS_AN_HOUR", 2)
    path = page_of(rated(cast).order)
    assert [browser.post(f"{path}/photos").status_code for _ in range(3)] == [422, 422, 429]


def test_an_empty_field_beside_the_photo_is_none(browser, cast, storage):
    path = page_of(rated(cast).order)
    two = {"photo": [(BytesIO(photos.jpeg(320, 240)), "a.jpg"), (BytesIO(b""), "")]}
    assert browser.post(f"{path}/photos", files=two).status_code == 302
