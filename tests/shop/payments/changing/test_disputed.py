"""No answer in time while the buyer's bank hears a dispute: nothing of it happens, and the question waits on."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.db import db
from shop.orders.changes.lifecycle import ChangeState
from shop.payments.changing.tasks import end_unanswered
from shop.payments.models import Refund
from tests.shop.orders.buying import act
from tests.shop.payments.changing.asking import ask, change_of, order_of, violations
from tests.shop.payments.outside import by_card, orders_of, payment_of, session_of

TEA = 120_000


@pytest.fixture
def paid(cast, outside):
    """Three packs of tea paid by card and being prepared."""
    made = by_card(cast, tea=3)
    outside.pay(session_of(made))
    outside.deliver()
    (order,) = orders_of(made)
    act(order.id, "accept")
    return made


def disputed(outside, purchase, **how):
    outside.control("disputes", payment_intent=payment_of(purchase).provider_reference, **how)
    outside.deliver()
    db.session.rollback()


def test_it_waits_until_the_money_can_follow(cast, outside, paid):
    code = orders_of(paid)[0].code
    change = ask(cast, code, 1)
    disputed(outside, paid)
    held = (cast.sku("tea").on_hand, cast.sku("tea").held)
    clock.pass_for_tests(timedelta(hours=25))
    try:
        assert end_unanswered() == 0
        order, waits = order_of(code), change_of(change)
        assert (order.adjusted, order.asking, db.session.query(Refund).count()) == (0, True, 0)
        assert (waits.state, waits.delta, waits.lines[0].packs) == (ChangeState.PROPOSED, 0, None)
        assert waits.until - clock.now() > timedelta(hours=23)
        assert held == (cast.sku("tea").on_hand, cast.sku("tea").held)
        assert violations() == []

        disputed(outside, paid, decide="won")
        assert end_unanswered() == 0, "the buyer has the new day whole"
        clock.pass_for_tests(timedelta(hours=25))
        assert end_unanswered() == 1
    finally:
        clock.set_for_tests(None)
    assert (change_of(change).state, order_of(code).adjusted) == (ChangeState.LAPSED, -2 * TEA)
    assert db.session.query(Refund).one().amount == 2 * TEA
