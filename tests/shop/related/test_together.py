"""Bought together: only what several buyers received, and nothing of one of them."""

from datetime import timedelta

import pytest

from shop.core.db import db, writing
from shop.orders.models import Purchase
from shop.privacy.erasing import reduce_purchases
from shop.related.together import LEAST, together
from tests.shop.related.pairs import bought


def pair(cast):
    return {cast.ids["tea"]: [cast.ids["honey"]], cast.ids["honey"]: [cast.ids["tea"]]}


def test_enough_different_buyers_make_a_pair(cast):
    for _ in range(LEAST - 1):
        bought(cast, "tea", "honey")
    assert together() == {}
    bought(cast, "tea", "honey")
    assert together() == pair(cast)


def test_one_buyer_who_buys_again_and_again_makes_none(cast):
    for _ in range(LEAST + 1):
        bought(cast, "tea", "honey", phone="+84914555000")
    assert together() == {}


def test_two_purchases_of_one_each_are_no_pair(cast):
    for number in range(LEAST):
        bought(cast, "tea", phone=f"+8491455500{number}")
        bought(cast, "honey", phone=f"+8491455500{number}")
    assert together() == {}


@pytest.mark.parametrize("state", ["placed", "cancelled", "refused", "handed_over"])
def test_only_what_was_delivered_counts(cast, state):
    for _ in range(LEAST - 1):
        bought(cast, "tea", "honey")
    bought(cast, "tea", "honey", state=state)
    assert together() == {}


def test_what_is_old_or_erased_does_not_count(cast):
    keys = [bought(cast, "tea", "honey") for _ in range(LEAST)]
    assert together()
    with writing():
        old = db.session.get_one(Purchase, keys[0])
        old.placed_at -= timedelta(days=366)
    assert together() == {}
    with writing():
        db.session.get_one(Purchase, keys[0]).placed_at += timedelta(days=366)
        reduce_purchases(Purchase.id == keys[1])
    assert together() == {}
