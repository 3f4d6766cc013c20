"""Ten presses say at once that an order was delivered: its cash is booked once."""

import pytest
from sqlalchemy import func, select

from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, OrderEvent
from shop.payments.models import PaymentState
from shop.payments.takings.models import CashTaking
from shop.payments.tasks import follow_cash
from tests.races.paying import Tell, order_of, settled, shelf, sku_of, waiting
from tests.races.starting import every_round, person, together
from tests.server import Market
from tests.shop.orders.buying import at
from tests.shop.payments.outside import payment_of
from tests.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
PRESSES = 10


@every_round
def test_delivered_ten_times_at_once(market: Market, round_: int, record_property: Tell) -> None:
    with market.app.app_context():
        goods = shelf(market, 10)
        purchase = waiting(goods, Method.CASH)
        at(order_of(purchase).id, "handed_over")
        db.session.remove()
    seller = person(market, "member")
    sellers = [Visitor(market.url, dict(seller.cookies), seller.token) for _ in range(PRESSES)]

    def go(one: Visitor | None) -> int:
        if one is not None:
            return one.post(f"/my/orders/{purchase.codes[0]}/delivery").status
        with market.app.app_context():
            follow_cash()
            db.session.remove()
        return 0

    answers = together(go, [*sellers, None, None])[:PRESSES]
    together(go, [None, None])

    assert sorted(answers) == [302] + [409] * (PRESSES - 1)
    with market.app.app_context():
        order = order_of(purchase)
        assert (order.state, payment_of(purchase).state) == (OrderState.DELIVERED, PaymentState.PAID)
        steps = select(func.count()).where(OrderEvent.order_id == order.id, OrderEvent.action == "deliver")
        assert db.session.scalar(steps) == 1
        assert (sku_of(goods).on_hand, sku_of(goods).held) == (9, 0)
        assert settled([purchase]) == [1]
        taken = select(func.count(CashTaking.payment_id)).where(CashTaking.payment_id == payment_of(purchase).id)
        assert db.session.scalar(taken) == 1
        db.session.remove()
    market.assert_sound()
    record_property("figure", f"I11, {PRESSES} presses and 2 sweeps at once: 1 entry")
