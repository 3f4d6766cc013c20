"""The photos of a draft: order, cover, undo; never those of others, never those of what is live."""

import pytest

from products import queries, services
from products.models import Product
from products.photos import services as photos
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from tests.cast import make_photo

A, B, C = "a" * 64, "b" * 64, "c" * 64


@pytest.fixture
def product(cast):
    with writing():
        made = services.create_draft(cast.cooperative(), cast.member, "key")
        for digest in (A, B, C):
            make_photo(cast.cooperative(), cast.member, digest)
            photos.add(made, digest, cast.member)
    return made


def shown(product):
    return "".join(photo.digest[0] for photo in queries.open_revision(product).photos)


def afresh(product):
    return db.session.get_one(Product, product.id)


def test_photos_stand_in_the_order_they_came(product):
    assert shown(product) == "abc"


def test_the_same_photo_twice_is_once(cast, product):
    with writing():
        photos.add(afresh(product), A, cast.member)
    assert shown(product) == "abc"


@pytest.mark.parametrize(
    ("digest", "how", "order"),
    [(C, "cover", "cab"), (B, "earlier", "bac"), (B, "later", "acb"), (A, "earlier", "abc"), (C, "later", "abc")],
)
def test_a_photo_moves(cast, product, digest, how, order):
    with writing():
        photos.move(afresh(product), digest, how, cast.member)
    assert shown(product) == order


def test_a_photo_goes_and_comes_back_to_its_place(cast, product):
    with writing():
        place = photos.remove(afresh(product), B, cast.member)
    assert (shown(product), place) == ("ac", 1)
    with pytest.raises(Conflict), writing():
        photos.remove(afresh(product), B, cast.member)
    with pytest.raises(Conflict), writing():
        photos.move(afresh(product), B, "cover", cast.member)
    with writing():
        photos.add(afresh(product), B, cast.member, place)
    assert shown(product) == "abc"
    with writing():
        photos.remove(afresh(product), A, cast.member)
        photos.add(afresh(product), A, cast.member, 999)
    assert shown(product) == "bca"


@pytest.mark.parametrize("digest", ["d" * 64, "", "not a digest"])
def test_only_photos_of_the_cooperative_itself(cast, product, digest):
    with writing():
        make_photo(cast.cooperative("other_cooperative"), cast.stranger, "d" * 64)
    with pytest.raises(Invalid), writing():
        photos.add(afresh(product), digest, cast.member)


def test_nine_photos_are_enough(cast, product):
    with writing():
        for number in range(6):
            make_photo(cast.cooperative(), cast.member, f"{number}{A[1:]}")
            photos.add(afresh(product), f"{number}{A[1:]}", cast.member)
    with writing():
        make_photo(cast.cooperative(), cast.member, "e" * 64)
    with pytest.raises(Invalid, match="9"), writing():
        photos.add(afresh(product), "e" * 64, cast.member)


def test_live_goods_keep_their_photos_until_approval(cast):
    before = [photo.digest for photo in cast.product().approved.photos]
    with writing():
        make_photo(cast.cooperative(), cast.member, A)
        photos.add(cast.product(), A, cast.member)
        photos.move(cast.product(), A, "cover", cast.member)
    assert [photo.digest for photo in cast.product().approved.photos] == before
    assert shown(cast.product())[0] == "a"
