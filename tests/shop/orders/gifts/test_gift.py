"""A gift is the giver's purchase, and the receiver's parcel: paid before, without a price, each told their own."""

import pytest
from sqlalchemy import select

from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.outbox import OutgoingSms
from shop.orders import placing, queries
from shop.orders.claiming.queries import last_of
from shop.orders.gifts.checks import CHECKS
from shop.orders.limits.policies import Wish
from shop.orders.limits.queries import unpaid
from shop.orders.models import Method, Order, OrderEvent, OrderState, Purchase, PurchaseGift
from shop.payments import services as payments
from shop.payments.models import Payment
from shop.privacy.erasing import erase, reduce_purchases
from shop.privacy.gathering import gathered
from tests.shop.orders.buying import act, cart_with, details, place
from tests.shop.orders.gifts.giving import LAN, gift

GIVER = "+84912000106"


def sms_to(phone):
    return list(db.session.scalars(select(OutgoingSms.body).where(OutgoingSms.recipient == phone)))


def test_it_is_the_givers_purchase_and_the_receivers_parcel(cast):
    made = gift(cast)
    assert (made.phone, made.receiver.phone, made.receiver.name) == (GIVER, LAN.phone, LAN.name)
    code = made.orders[0].code
    assert queries.by_code_and_phone(code, GIVER).id == made.id
    assert queries.by_code_and_phone(code, LAN.phone) is None


def test_the_receiver_is_told_at_hand_over_alone_without_link_and_price(cast):
    order = gift(cast).orders[0].id
    act(order, "pack")
    assert sms_to(LAN.phone) == []
    act(order, "hand_over")
    (said,) = sms_to(LAN.phone)
    assert "Tran Minh Anh" in said or "Trần Minh Anh" in said
    assert "/purchases/" not in said
    assert "http" not in said
    assert "₫" not in said
    act(order, "deliver")
    assert len(sms_to(LAN.phone)) == 1
    assert any("/purchases/" in one for one in sms_to(GIVER))


def test_who_gives_to_an_own_number_is_told_once(cast):
    order = gift(cast, gift=LAN._replace(phone=GIVER)).orders[0]
    act(order.id, "pack")
    before = len(sms_to(GIVER))
    act(order.id, "hand_over")
    assert len(sms_to(GIVER)) == before + 1


def test_it_is_never_paid_at_the_door(cast):
    with pytest.raises(DomainError):
        place(*cart_with(cast, tea=1), Method.CASH, gift=LAN)
    assert db.session.query(Purchase).count() == 0


def test_not_after_all_either(cast):
    made = gift(cast, "placed")
    with writing():
        payments.open_payment(db.session.get_one(Purchase, made.id))
    payment = db.session.scalars(select(Payment.id)).one()
    with pytest.raises(DomainError), writing():
        payments.pay_at_the_door(payment, None)
    assert db.session.scalars(select(Order)).one().awaiting_payment
    assert [problem for check in CHECKS for problem in check()] == []


def test_one_paid_at_the_door_is_found(cast):
    order = gift(cast, "placed").orders[0]
    with writing() as session:
        session.add(OrderEvent(order_id=order.id, action="to_cash", state=OrderState.PLACED, by="buyer"))
    assert [problem for check in CHECKS for problem in check()] == [f"order {order.code}: a gift, and paid at the door"]


def test_what_is_unpaid_counts_for_the_giver(cast):
    gift(cast, "placed")
    for phone, number in ((GIVER, 1), (LAN.phone, 0)):
        assert unpaid(Wish(Method.BANK_QR, phone, None, 1, 1000)).orders == number


def test_a_changed_gift_is_another_wish():
    plain = details()
    assert len({placing.address_digest(one) for one in (plain, details(gift=LAN))}) == 2
    assert placing.address_digest(details(gift=LAN)) != placing.address_digest(details(gift=LAN._replace(message="")))


def test_the_next_purchase_is_not_filled_in_with_the_receivers_address(cast):
    made = gift(cast)
    with writing():
        db.session.get_one(Purchase, made.id).buyer_id = cast.ids["buyer"]
    assert last_of(cast.buyer) is None


def test_erasing_either_takes_the_receiver_out(cast):
    made = gift(cast)
    with writing():
        reduce_purchases(Purchase.id == made.id)
    assert db.session.query(PurchaseGift).count() == 0


@pytest.mark.parametrize(("arrived", "left"), [(True, 0), (False, 1)])
def test_the_receiver_may_be_erased_once_it_has_come(cast, arrived, left):
    made = gift(cast, gift=LAN._replace(phone=cast.stranger.phone))
    key, order = made.id, made.orders[0].id
    for step in ("pack", "hand_over", "deliver") if arrived else ():
        act(order, step)
    with writing():
        erase(cast.stranger)
    assert db.session.query(PurchaseGift).count() == left
    purchase = db.session.get_one(Purchase, key)
    assert (purchase.name, bool(purchase.line)) == ("Trần Minh Anh", not arrived)


def test_both_find_it_in_their_file(cast):
    made = gift(cast, gift=LAN._replace(phone=cast.stranger.phone))
    with writing():
        db.session.get_one(Purchase, made.id).buyer_id = cast.ids["buyer"]
    assert gathered(cast.buyer)["purchases"][0]["gift"]["words"] == LAN.message
    (row,) = gathered(cast.stranger)["gifts_to_you"]
    assert (row["name"], row["words"]) == (LAN.name, LAN.message)
    assert "264000" not in str(row)
