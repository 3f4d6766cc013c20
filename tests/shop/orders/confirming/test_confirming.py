"""Confirmed before packing: who is asked and why, what the answer opens, and that it is given once."""

import pytest
from sqlalchemy import select

from shop.cart.models import Cart
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.outbox import OutgoingSms
from shop.orders import services as orders
from shop.orders.confirming import services
from shop.orders.confirming.checks import CHECKS
from shop.orders.lifecycle import OrderState
from shop.orders.models import Answer, Confirmation, Method, Order, Purchase, Why
from tests.shop.orders.buying import act, at, cart_with, details, ordered, place
from tests.shop.orders.confirming.asking import asked, question, settings_with


def violations():
    return [problem for check in CHECKS for problem in check()]


def why(key):
    return [
        found.why if (found := db.session.get(Confirmation, order.id)) else None
        for order in db.session.get_one(Purchase, key).orders
    ]


def texts(kind):
    return list(db.session.scalars(select(OutgoingSms).where(OutgoingSms.event.startswith(kind))))


def test_a_new_number_is_asked(cast):
    with settings_with(cod_confirm_first=1):
        assert why(place(*cart_with(cast, tea=1))) == [Why.FIRST]


def test_who_received_before_is_not(cast):
    at(ordered(cast).orders[0].id, "delivered")
    with settings_with(cod_confirm_first=1):
        assert why(place(*cart_with(cast, tea=1))) == [None]


def test_who_signed_in_with_the_number_is_not(cast):
    cart_id, attempt = cart_with(cast, tea=1)
    with settings_with(cod_confirm_first=1), writing():
        who = details(phone=cast.buyer.phone)
        key = orders.place(db.session.get_one(Cart, cart_id), who, Method.CASH, attempt, cast.buyer).id
    assert why(key) == [None]


def test_a_dear_order_is_asked(cast):
    total = ordered(cast).orders[0].total
    for amount, said in ((total, Why.AMOUNT), (total + 1, None), (0, None)):
        with settings_with(cod_confirm_from=amount):
            assert why(place(*cart_with(cast, tea=2))) == [said]


def test_one_refusal_is_enough(cast):
    at(ordered(cast).orders[0].id, "refused")
    assert why(place(*cart_with(cast, tea=1))) == [Why.REFUSED]
    assert why(place(*cart_with(cast, tea=1), phone="+84912000999")) == [None]


def test_paid_before_is_not_asked_but_in_cash_after_all(cast):
    with settings_with(cod_confirm_first=1):
        key = place(*cart_with(cast, tea=1), Method.CARD)
        assert why(key) == [None]
        with writing():
            orders.pay_at_the_door(db.session.get_one(Purchase, key).orders[0], None)
        assert why(key) == [Why.FIRST]
    assert len(texts("order_confirm:")) == 1


def test_the_link_goes_to_the_phone_alone(cast):
    purchase = asked(cast, tea=1, honey=1)
    keys = {question(order).key for order in purchase.orders}
    (text,) = texts("order_confirm:")
    assert text.recipient == "+84912000777"
    assert len(keys) == 1
    assert f"/yes/{keys.pop()}" in text.body
    assert texts("purchase_placed:") == []


def test_nothing_is_packed_before(cast):
    order = asked(cast).orders[0]
    act(order.id, "accept")
    with pytest.raises(Conflict), writing():
        orders.pack(db.session.get_one(Order, order.id), None, "cooperative")
    assert (db.session.get_one(Order, order.id).state, violations()) == (OrderState.ACCEPTED, [])


@pytest.mark.parametrize("said", [Answer.CONFIRMED, Answer.KNOWN])
def test_afterwards_it_is_packed(cast, said):
    order = asked(cast).orders[0]
    act(order.id, "accept")
    with writing():
        services.answer(order, said, cast.second_member)
    found = question(order)
    assert (found.answer, found.by, found.actor_id) == (said, "cooperative", cast.second_member.id)
    act(order.id, "pack")
    assert violations() == []


def test_the_receiver_says_yes_for_all_of_it_once(cast):
    purchase = asked(cast, tea=1, honey=1)
    key = question(purchase.orders[0]).key
    with writing():
        assert (services.confirm(key), services.confirm(key), services.confirm("khong-co")) == (2, 0, 0)
    assert [(question(order).answer, question(order).by) for order in purchase.orders] == [
        (Answer.CONFIRMED, "buyer")
    ] * 2


def test_answered_once(cast):
    order = asked(cast).orders[0]
    with writing():
        services.answer(order, Answer.KNOWN, cast.member)
    for again in (
        lambda: services.answer(order, Answer.CONFIRMED, cast.member),
        lambda: services.no_answer(order, None),
    ):
        with pytest.raises(Conflict), writing():
            again()
    assert question(order).answer is Answer.KNOWN


def test_calls_without_an_answer_are_counted(cast):
    order = asked(cast).orders[0]
    for _ in range(2):
        with writing():
            services.no_answer(order, cast.member)
    assert (question(order).tries, question(order).answer) == (2, Answer.WAITING)


def test_the_check_finds_what_was_packed_unasked(cast):
    order = asked(cast).orders[0]
    with writing():
        db.session.get_one(Order, order.id).state = OrderState.PACKED
    assert len(violations()) == 1
