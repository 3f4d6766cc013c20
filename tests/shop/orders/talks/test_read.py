"""Reading about an order: what is new to whom, read for one order and one side alone, and what the tables refuse."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from shop.core import clock
from shop.core.db import db, writing
from shop.orders.models import Order
from shop.orders.talks import queries, showing
from shop.orders.talks.models import OrderTalk, Side
from tests.shop.orders.buying import at, ordered
from tests.shop.orders.talks.talking import buyer_says, read, seller_says


@pytest.fixture
def tea(cast):
    return ordered(cast).orders[0].id


@pytest.fixture
def honey(cast):
    return ordered(cast, honey=1).orders[0].id


def shown(key, side):
    return showing.talks([db.session.get_one(Order, key)], side, queries.unread([key], side))[key]


def test_reading_one_order_reads_no_other(cast, tea, honey):
    for key in (tea, honey):
        buyer_says(key, "Chào")
    read(tea, Side.SELLER)
    assert queries.unread([tea, honey], Side.SELLER) == {honey: 1}


def test_only_the_orders_that_were_asked_about(cast, tea, honey):
    for key in (tea, honey):
        buyer_says(key, "Chào")
    assert queries.written([tea], Side.SELLER) == {tea: 1}
    assert [one.order_id for one in queries.of_orders([tea])[tea]] == [tea]


def test_what_was_read_keeps_its_moment(cast, tea):
    clock.set_for_tests(clock.now())
    buyer_says(tea, "Chào")
    read(tea, Side.SELLER)
    first = db.session.get_one(OrderTalk, tea).seller_seen_at
    clock.set_for_tests(clock.now() + timedelta(hours=1))
    read(tea, Side.SELLER)
    assert first == db.session.get_one(OrderTalk, tea).seller_seen_at


def test_only_the_newest_of_the_other_side_is_new(cast, tea):
    seller_says(tea, cast.member, "Một")
    read(tea, Side.BUYER)
    buyer_says(tea, "Hai")
    seller_says(tea, cast.member, "Ba")
    buyer_says(tea, "Bốn")
    talk = shown(tea, Side.BUYER)
    assert [one.text for one in talk.messages if talk.is_new(one)] == ["Ba"]
    read(tea, Side.BUYER)
    talk = shown(tea, Side.BUYER)
    assert [one.text for one in talk.messages if talk.is_new(one)] == []


def test_an_end_is_named_only_once_the_order_has_one(cast, tea):
    assert shown(tea, Side.SELLER).ends is None
    at(tea, "delivered")
    assert shown(tea, Side.SELLER).ends is not None


@pytest.mark.parametrize(
    "broken",
    [
        "UPDATE order_talks SET seller_seen_id = buyer_wrote_id + 1",
        "UPDATE order_talks SET buyer_seen_id = seller_wrote_id + 1",
        "INSERT INTO order_messages (order_id, side, text, lang, press, at) "
        "SELECT order_id, 'seller', text, lang, 'another press', at FROM order_messages",
        "INSERT INTO order_messages (order_id, side, author_id, on_behalf_of_id, text, lang, press, at) "
        "SELECT order_id, 'seller', 1, 1, text, lang, 'another press', at FROM order_messages",
        "INSERT INTO order_messages (order_id, side, text, lang, press, at) "
        "SELECT order_id, side, '', lang, 'another press', at FROM order_messages",
        "INSERT INTO order_messages (order_id, side, text, lang, press, at) "
        "SELECT order_id, side, text, lang, press, at FROM order_messages",
    ],
    ids=["seen before written", "the same for the buyer", "nobody's answer", "for oneself", "no words", "twice"],
)
def test_the_tables_refuse(cast, tea, broken):
    buyer_says(tea, "Chào")
    with pytest.raises(IntegrityError), writing() as session:
        session.connection().exec_driver_sql(broken)
