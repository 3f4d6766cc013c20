"""One press of "everything is packed", sent from two phones many times at once: one step, and all are told so."""

import httpx
import pytest
from sqlalchemy import select

from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderEvent
from tests.races.starting import before_the_button, every_round, fresh_goods, person, together
from tests.server import Market
from tests.shop.orders.buying import act

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
AT_ONCE = 8


@every_round
def test_one_press_sent_many_times_packs_once(market: Market, round_: int) -> None:
    goods = fresh_goods(market)
    buyer, fields = before_the_button(market, goods.sku, 760 + round_)
    token = str(buyer.post("/checkout/confirmation", **fields).location).split("/")[2]
    with market.app.app_context():
        order = db.session.scalars(select(Order).where(Order.purchase.has(token=token))).one()
        key, code = order.id, order.code
        act(key, "accept")
        db.session.remove()
    people = [person(market, name) for name in ("member", "second_member")]

    def send(place: int) -> httpx.Response:
        headers = {"X-Draft-Key": f"press {place % 2}", "Origin": market.url}
        with httpx.Client(base_url=market.url, cookies=people[place % 2].cookies, timeout=30) as client:
            return client.post(f"/my/orders/{code}/packed", headers=headers)

    done = together(send, range(AT_ONCE))

    assert [one.status_code for one in done] == [200] * AT_ONCE, [one.text for one in done]
    with market.app.app_context():
        assert db.session.get_one(Order, key).state is OrderState.PACKED
        steps = select(OrderEvent).where(OrderEvent.order_id == key, OrderEvent.action == "pack")
        (step,) = db.session.scalars(steps)
        assert step.press in {"press 0", "press 1"}
    market.assert_sound()
