"""Many at once for the last uses of a voucher: as many as there are, and none more for one person."""

from collections import Counter

import pytest

from shop.core.db import db
from shop.orders.models import Order
from shop.orders.redemptions.models import Redemption, RedemptionShare
from tests.races.starting import before_the_button, every_round, fresh_goods, one_by_one, together
from tests.shop.orders.redemptions.using import violations
from tests.shop.vouchers.making import found, voucher
from tests.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.timeout(240)]
BUYERS, USES, TRIES, EACH = 50, 10, 20, 2


def with_code(given: tuple[Visitor, dict[str, str]], code: str) -> tuple[Visitor, dict[str, str]]:
    """Type the code into the cart and look at the last page again."""
    buyer, sent = given
    assert buyer.post("/cart/vouchers", code=code).status == 302
    shown = buyer.get("/checkout/confirmation")
    return buyer, sent | {name: shown.value(name) for name in ("attempt", "seen")}


def press(given: tuple[Visitor, dict[str, str]]) -> int:
    buyer, sent = given
    return buyer.post("/checkout/confirmation", **sent).status


@every_round
def test_fifty_buyers_for_ten_uses(market, round_, record_property):
    code = f"DUA{round_:05d}"
    goods = [fresh_goods(market) for _ in range(2)]  # twice as many packs as uses: it is the voucher that runs out
    with market.app.app_context():
        voucher(market.cast, code, value=100, uses_most=USES)
    places = range(round_ * BUYERS, (round_ + 1) * BUYERS)
    ready = one_by_one(
        lambda place: with_code(before_the_button(market, goods[place % len(goods)].sku, place), code), places
    )
    done = Counter(together(press, ready))
    assert done == {302: USES, 409: BUYERS - USES}
    with market.app.app_context():
        assert (found(code).uses, sold(code)) == (USES, USES)
        assert violations() == []
        db.session.remove()
    record_property("figure", f"I5, {BUYERS} buyers for {USES} uses of a voucher: {done[302]} orders, 0 at another sum")


@every_round
def test_one_person_at_once_keeps_to_the_limit(market, round_):
    code, phone = f"MOT{round_:05d}", f"0966{round_:06d}"
    goods = fresh_goods(market)
    with market.app.app_context():
        voucher(market.cast, code, value=100, person_most=EACH)
    ready = one_by_one(
        lambda place: with_code(before_the_button(market, goods.sku, place, phone=phone), code),
        range(TRIES),
    )
    done = Counter(together(press, ready))
    assert done[302] == EACH, done
    with market.app.app_context():
        assert (found(code).uses, sold(code)) == (EACH, EACH)
        assert violations() == []
        db.session.remove()


def sold(code: str) -> int:
    """How many orders have a discount of this voucher."""
    rows = db.session.query(Order).join(RedemptionShare, RedemptionShare.order_id == Order.id)
    return int(rows.join(Redemption).filter(Redemption.voucher_id == found(code).id).count())
