"""Writing about an order: kept as it was written, once for each press, told once until it is read, not for ever."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from cooperatives.lifecycle import CooperativeState
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.notices.models import Notice
from shop.orders.models import Method, Order, Purchase
from shop.orders.talks import queries
from shop.orders.talks.checks import CHECKS
from shop.orders.talks.models import OrderMessage, Side
from tests.shop.orders.buying import act, at, ordered
from tests.shop.orders.talks.talking import buyer_says, read, seller_says, texts
from tests.shop.payments.transferring import with_accounts


@pytest.fixture
def tea(cast):
    """The id of an order of two packs of tea."""
    return ordered(cast).orders[0].id


def told_sellers():
    return list(db.session.scalars(select(Notice.user_id).where(Notice.kind == "order_message").order_by(Notice.id)))


def told_buyer():
    return list(db.session.scalars(select(OutgoingSms.body).where(OutgoingSms.event.startswith("order_answer:"))))


def unread(key, side):
    return queries.unread([key], side).get(key, 0)


def test_what_was_written_is_kept_with_who_and_when(cast, tea):
    buyer_says(tea, "Gói riêng giúp tôi")
    seller_says(tea, cast.member, "Vâng ạ")
    kept = queries.of_orders([tea])[tea]
    assert [(one.side, one.author_id, one.text) for one in kept] == [
        (Side.BUYER, None, "Gói riêng giúp tôi"),
        (Side.SELLER, cast.member.id, "Vâng ạ"),
    ]
    assert all(one.at for one in kept)
    facts = [row.facts for row in db.session.scalars(select(AuditEntry).where(AuditEntry.action == "order_message"))]
    assert [one["by"] for one in facts] == ["buyer", "seller"]
    assert "riêng" not in str(facts)
    assert [problem for check in CHECKS for problem in check()] == []


def test_the_other_side_is_told_once_until_it_has_read(cast, tea):
    for text in ("Một", "Hai", "Ba"):
        buyer_says(tea, text)
    assert sorted(told_sellers()) == [cast.member.id, cast.second_member.id]
    assert unread(tea, Side.SELLER) == 3
    read(tea, Side.SELLER)
    assert unread(tea, Side.SELLER) == 0
    buyer_says(tea, "Bốn")
    assert len(told_sellers()) == 4
    for text in ("Vâng", "Đã gói"):
        seller_says(tea, cast.member, text)
    assert len(told_buyer()) == 1
    assert "/purchases/" in told_buyer()[0]
    assert "Vâng" not in told_buyer()[0], "what was said is read on the page only"
    assert unread(tea, Side.BUYER) == 2
    read(tea, Side.BUYER)
    seller_says(tea, cast.member, "Đã gửi")
    assert len(told_buyer()) == 2


def test_who_gave_an_address_is_told_by_mail(cast, tea):
    with writing():
        db.session.get_one(Order, tea).purchase.email = "anh@example.com"
    seller_says(tea, cast.member, "Vâng")
    assert told_buyer() == []
    mails = select(OutgoingMail.recipient).where(OutgoingMail.event.startswith("order_answer:"))
    assert list(db.session.scalars(mails)) == ["anh@example.com"]


def test_who_is_signed_in_has_it_in_the_list_too(cast, tea):
    with writing():
        db.session.get_one(Order, tea).purchase.buyer_id = cast.ids["buyer"]
    seller_says(tea, cast.member, "Vâng")
    notices = select(Notice.url).where(Notice.user_id == cast.ids["buyer"])
    assert list(db.session.scalars(notices)) == [f"/purchases/{db.session.get_one(Order, tea).purchase.token}"]


def test_one_press_is_one_message(cast, tea):
    first = buyer_says(tea, "Một", press="the-very-same-press")
    assert buyer_says(tea, "Một", press="the-very-same-press") == first
    assert texts() == ["Một"]
    with pytest.raises(Conflict):
        buyer_says(tea, "Hai", press="the-very-same-press")
    with pytest.raises(Conflict):
        seller_says(tea, cast.member, "Một", press="the-very-same-press")
    assert texts() == ["Một"]
    other = ordered(cast, honey=1).orders[0].id
    buyer_says(other, "Một", press="the-very-same-press")
    assert len(texts()) == 2


@pytest.mark.parametrize("text", ["", "a" * 1001])
def test_not_with_no_words_nor_with_too_many(cast, tea, text):
    with pytest.raises(Invalid) as problem:
        buyer_says(tea, text)
    assert problem.value.field == "text"
    assert texts() == []


@pytest.mark.parametrize("state", ["delivered", "refused", "cancelled"])
def test_thirty_days_after_the_end_nobody_writes(cast, tea, state):
    clock.set_for_tests(clock.now())
    at(tea, state)
    clock.set_for_tests(clock.now() + timedelta(days=29, hours=23))
    buyer_says(tea, "Còn kịp")
    clock.set_for_tests(clock.now() + timedelta(hours=2))
    for says in (lambda: buyer_says(tea, "Muộn"), lambda: seller_says(tea, cast.member, "Muộn")):
        with pytest.raises(Conflict):
            says()
    assert texts() == ["Còn kịp"]


def test_what_never_ends_is_closed_with_the_link(cast, tea):
    clock.set_for_tests(clock.now())
    at(tea, "handed_over")
    clock.set_for_tests(clock.now() + timedelta(days=179))
    buyer_says(tea, "Vẫn chưa tới")
    clock.set_for_tests(clock.now() + timedelta(days=2))
    with pytest.raises(Conflict):
        buyer_says(tea, "Muộn")


def test_what_came_late_is_closed_with_the_link_too(cast, tea):
    """Thirty days after a delivery on the 170th day the link is long dead."""
    clock.set_for_tests(clock.now())
    at(tea, "handed_over")
    clock.set_for_tests(clock.now() + timedelta(days=170))
    act(tea, "deliver")
    clock.set_for_tests(clock.now() + timedelta(days=9))
    buyer_says(tea, "Còn kịp")
    clock.set_for_tests(clock.now() + timedelta(days=2))
    for says in (lambda: buyer_says(tea, "Muộn"), lambda: seller_says(tea, cast.member, "Muộn")):
        with pytest.raises(Conflict):
            says()


def test_not_before_it_is_paid_nor_to_a_closed_shop(cast, tea):
    with_accounts(cast)
    waiting = ordered(cast, Method.BANK_QR, tea=1).orders[0].id
    with pytest.raises(Conflict):
        buyer_says(waiting, "Còn hàng không ạ")
    with writing():
        cast.cooperative().state = CooperativeState.CLOSED
    with pytest.raises(Conflict):
        buyer_says(tea, "Còn ai không ạ")


def test_the_database_edits_none(cast, tea):
    key = buyer_says(tea, "Một")
    with pytest.raises(DatabaseError, match="never changed"), writing():
        db.session.get_one(OrderMessage, key).text = "Hai"
    assert texts() == ["Một"]


@pytest.mark.parametrize("side", Side)
def test_a_talk_that_forgot_its_newest_message_is_found(cast, tea, side):
    buyer_says(tea, "Một")
    seller_says(tea, cast.member, "Hai")
    with writing() as session:
        session.connection().exec_driver_sql(f"UPDATE order_talks SET {side}_wrote_id = 0")
    code = db.session.get_one(Order, tea).code
    assert [problem for check in CHECKS for problem in check()] == [
        f"order {code}: its newest messages are others than its talk says"
    ]


def test_the_purchase_keeps_its_own_rows(cast, tea):
    """Two parcels of one purchase are two talks."""
    purchase = ordered(cast, tea=1, honey=1)
    one, two = (order.id for order in purchase.orders)
    buyer_says(one, "Về chè")
    assert (unread(one, Side.SELLER), unread(two, Side.SELLER)) == (1, 0)
    assert db.session.get_one(Purchase, purchase.id).orders[1].id == two
