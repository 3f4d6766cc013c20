"""Two people do the same thing at the same moment: one of them did it, and the other is told."""

import pytest
from sqlalchemy import func, select

from products.models import Product, ProductRevision, Sku
from products.review.models import Decision
from products.stock.models import PriceChange, Reason, StockHold, StockMovement
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.db import db, writing
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, OrderEvent
from tests.cast import BINH_LU
from tests.products.review.sent import sent_goods
from tests.races.starting import before_the_button, every_round, fresh_goods, person, together
from tests.server import Market
from tests.shelves import give_files
from tests.visitor import Answer, Visitor

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
AT_ONCE = 8  # requests released together, half of each kind


@every_round
def test_two_officers_make_one_decision(market: Market, round_: int) -> None:
    with market.app.app_context():
        with writing():
            code = sent_goods(market.cast, f"race {round_}").code
            second = market.cast.ids["officer_elsewhere"]
            db.session.add(OfficerCommune(user_id=second, commune_code=BINH_LU, valid_from=clock.after(days=-1)))
        give_files(market.app)
    path = f"/review/products/{code}/1/decision"
    names = ["officer" if place % 4 < 2 else "officer_elsewhere" for place in range(AT_ONCE)]
    officers = [person(market, name) for name in names]
    answers = {"approve": {"verdict": "approve"}, "reject": {"verdict": "reject", "note": "Chưa bán được ở đây."}}

    done = together(
        lambda place: officers[place].post(path, **answers["approve" if place % 2 else "reject"]), range(AT_ONCE)
    )

    led_on = {name for name, answer in zip(names, done, strict=True) if answer.status == 302}
    assert len(led_on) == 1, words(done)  # who was first, and pressed the same once more
    assert {answer.status for answer in done} == {302, 409}, words(done)
    market.ten_seconds_pass()
    with market.app.app_context():
        product = db.session.scalars(select(Product).where(Product.code == code)).one()
        ours = select(ProductRevision.id).where(ProductRevision.product_id == product.id)
        assert db.session.scalar(select(func.count(Decision.id)).where(Decision.revision_id.in_(ours))) == 1
        assert len(product.skus) == (1 if product.approved_revision_id else 0)
    market.assert_sound()


@every_round
def test_price_and_count_at_once_lose_nothing(market: Market, round_: int) -> None:
    """Each form carries the number its page showed: one of each kind wins, and both are kept."""
    goods = fresh_goods(market)
    sellers = [person(market, "member" if place % 2 else "second_member") for place in range(AT_ONCE)]
    with market.app.app_context():
        before = db.session.scalars(select(Sku).where(Sku.code == goods.sku)).one()
        price, packs, key = before.price, before.on_hand, before.id

    def change(place: int) -> Answer:
        if place % 4 < 2:
            fields = {"price": price + 2000 + place, "expected": price, "price_ok": price + 2000 + place}
            return sellers[place].post(f"/my/products/{goods.code}/price", **fields)
        return sellers[place].post(f"/my/products/{goods.code}/stock", on_hand=packs + 5 + place, expected=packs)

    done = together(change, range(AT_ONCE))

    assert sorted(answer.status for answer in done) == [302] * 2 + [409] * (AT_ONCE - 2), words(done)
    with market.app.app_context():
        after = db.session.get_one(Sku, key)
        changes = db.session.scalars(select(PriceChange).where(PriceChange.sku_id == key)).all()
        assert [one.new_price for one in changes] == [after.price]
        counted = select(func.sum(StockMovement.delta)).where(StockMovement.sku_id == key)
        assert db.session.scalar(counted.where(StockMovement.reason == Reason.COUNTED)) == after.on_hand
        assert after.price != price
        assert after.on_hand != packs
    market.assert_sound()


@every_round
def test_a_hold_is_ended_once(market: Market, round_: int) -> None:
    """The buyer cancels while the seller does: the goods are free again, once."""
    goods = fresh_goods(market)
    buyer, fields = before_the_button(market, goods.sku, 700 + round_)
    tracking = buyer.post("/checkout/confirmation", **fields).location
    with market.app.app_context():
        sku_id = db.session.scalars(select(Sku.id).where(Sku.code == goods.sku)).one()
        code = db.session.scalars(select(StockHold.reference).where(StockHold.sku_id == sku_id)).one()
    seller = person(market, "member")
    buyers = [Visitor(market.url, dict(buyer.cookies)) for _ in range(AT_ONCE)]

    def cancel(place: int) -> Answer:
        if place % 2:
            return buyers[place].post(f"{tracking}/orders/{code}/cancellation", reason="")
        return seller.post(f"/my/orders/{code}/cancellation", reason="Mưa đá")

    done = together(cancel, range(AT_ONCE))

    assert all(answer.status in {302, 409, 422} for answer in done), words(done)
    with market.app.app_context():
        sku = db.session.get_one(Sku, sku_id)
        assert (sku.on_hand, sku.held) == (10, 0)
        order = db.session.scalars(select(Order).where(Order.code == code)).one()
        assert order.state is OrderState.CANCELLED
        ends = select(func.count(OrderEvent.id)).where(OrderEvent.order_id == order.id, OrderEvent.action == "cancel")
        assert db.session.scalar(ends) == 1
    market.assert_sound()


def words(answers: list[Answer]) -> str:
    """What the answers said, for the message of a failure."""
    return " | ".join(f"{one.status} {one.location} {one.words[200:400] if one.body else ''}" for one in answers)
