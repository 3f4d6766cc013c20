"""Each check of orders finds what it is for."""

import pytest
from sqlalchemy import update

from products.stock.models import HoldState, Reason, StockHold, StockMovement
from shop.core.db import db, writing
from shop.orders import checks
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderEvent, Purchase
from tests.shop.orders.buying import at, ordered, violations

LINE = {"goods_total": Order.goods_total + 1, "total": Order.total + 1}


def spoiled(cast, name):
    purchase = ordered(cast, tea=2, honey=1)
    tea = purchase.orders[0].id
    if name == "came_back_twice":
        at(tea, "refused")
    movement = StockMovement(
        sku_id=cast.sku().id, delta=2, reason=Reason.CAME_BACK, reference=db.session.get_one(Order, tea).code
    )
    of_tea = StockHold.sku_id == cast.sku().id
    statements = {
        "purchase_is_the_sum_of_its_orders": update(Purchase).values(total=Purchase.total + 1),
        "order_is_the_sum_of_its_lines": update(Order).where(Order.id == tea).values(**LINE),
        "one_order_a_cooperative": update(Order).values(cooperative_id=cast.cooperative().id),
        "last_event_says_the_state": update(OrderEvent)
        .where(OrderEvent.order_id == tea)
        .values(state=OrderState.ACCEPTED),
        "holds_match_the_state": update(StockHold)
        .where(StockHold.sku_id == cast.sku().id)
        .values(state=HoldState.SOLD),
        "packs_match_the_hold": update(StockHold).where(of_tea).values(quantity=1),
    }
    with writing():
        if name in statements:
            db.session.execute(statements[name])
        else:
            db.session.add(movement)


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        ("purchase_is_the_sum_of_its_orders", checks.purchase_is_the_sum_of_its_orders),
        ("order_is_the_sum_of_its_lines", checks.order_is_the_sum_of_its_lines),
        ("one_order_a_cooperative", checks.one_order_a_cooperative),
        ("last_event_says_the_state", checks.last_event_says_the_state),
        ("holds_match_the_state", checks.holds_match_the_state),
        ("packs_match_the_hold", checks.holds_match_the_state),
        ("came_back_unasked", checks.refused_goods_came_back_once),
        ("came_back_twice", checks.refused_goods_came_back_once),
    ],
)
def test_a_check_finds_what_it_is_for(cast, spoil, check):
    spoiled(cast, spoil)
    assert list(check())


def test_a_sound_market_has_nothing_to_tell(cast):
    states = ["placed", "accepted", "packed", "handed_over", "delivered", "refused", "cancelled"]
    for state in states:
        at(ordered(cast, tea=1).orders[0].id, state)
    assert violations() == []
