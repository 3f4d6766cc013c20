"""A change that several end at once: one outcome, with goods, money and books as it says."""

from collections import Counter

import pytest

from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.orders import services as orders
from shop.orders.changes import services
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.changes.models import Change
from shop.orders.changes.policies import fingerprint
from shop.orders.changes.queries import lines_now
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, Purchase
from shop.payments.changing import services as changing
from shop.payments.models import Payment
from tests.races.paying import member, shelf, sku_of
from tests.races.starting import every_round, together
from tests.shop.orders.buying import act, place
from tests.shop.payments.changing.asking import violations

pytestmark = pytest.mark.race


def prepared(market, goods, packs):
    """An order of so many packs in cash that is being prepared; its id."""
    from shop.cart import services as carts
    from shop.payments import services as payments

    with writing():
        cart, _token = carts.start(None)
        carts.add(cart, goods.sku, packs, "vi")
        key, attempt = cart.id, cart.attempt
    placed = place(key, attempt)
    with writing():
        purchase = db.session.get_one(Purchase, placed)
        payments.open_payment(purchase)
        found = purchase.orders[0].id
    act(found, "accept")
    return found


def asked(market, goods):
    """Such an order of which two packs are missing, nowhere to be found; ids of order and change."""
    key = prepared(market, goods, 4)
    with writing():
        order = db.session.get_one(Order, key)
        return key, services.propose(order, {order.lines[0].id: 2}, "", member(market), gone=True).id


@every_round
def test_one_end_counts(market, round_):
    with market.app.app_context():
        goods = shelf(market, 10)
        key, change = asked(market, goods)

    def one(what):
        with market.app.app_context():
            try:
                with writing():
                    order, row = db.session.get_one(Order, key), db.session.get_one(Change, change)
                    done = {
                        "yes": lambda: changing.agree(row, None),
                        "pack": lambda: orders.pack(order, None, "cooperative"),
                        "cancel": lambda: orders.cancel(order, None, "buyer", ""),
                        "give up": lambda: changing.cancel(row, None),
                        "withdraw": lambda: services.withdraw(row, member(market)),
                        "lapse": lambda: changing.lapse(change),
                    }[what]()
            except DomainError:
                return what, False
            finally:
                db.session.remove()
            return what, done is not False

    ends = ["yes", "yes", "pack", "cancel", "give up", "withdraw", "lapse", "lapse"]
    won = Counter(what for what, done in together(one, ends) if done)
    with market.app.app_context():
        order, row, sku = db.session.get_one(Order, key), db.session.get_one(Change, change), sku_of(goods)
        less = row.state in {ChangeState.AGREED, ChangeState.LAPSED}
        assert row.state is not ChangeState.PROPOSED
        assert sum(won[name] for name in ("yes", "withdraw", "lapse", "give up")) <= 1, won
        assert order.due == order.total - (2 * order.lines[0].price if less else 0)
        payment = db.session.query(Payment).filter_by(purchase_id=order.purchase_id).one()
        assert payment.amount == order.due
        held = 0 if order.state is OrderState.CANCELLED else 2 if less else 4
        left = 4 if won["withdraw"] else 2
        assert (sku.held, sku.on_hand) == (held, left), (won, row.state, order.state)
        assert clock.now() >= row.ended_at
        assert violations() == []


@every_round
def test_what_was_packed_before_the_answer_is_not_the_parcel_after_it(market, round_):
    with market.app.app_context():
        key, change = asked(market, shelf(market, 10))
        order = db.session.get_one(Order, key)
        seen = fingerprint(lines_now([order])[key], order.to_collect)

    def one(what):
        with market.app.app_context():
            try:
                with writing():
                    if what == "yes":
                        changing.agree(db.session.get_one(Change, change), None)
                    else:
                        orders.pack(db.session.get_one(Order, key), None, "cooperative", seen=seen)
            except DomainError:
                return what, False
            finally:
                db.session.remove()
            return what, True

    done = together(one, ["yes", *["pack"] * 5])
    with market.app.app_context():
        assert [what for what, ended in done if ended] == ["yes"]
        assert db.session.get_one(Order, key).state is OrderState.ACCEPTED
        assert violations() == []


@every_round
def test_asked_once_and_not_packed_meanwhile(market, round_):
    with market.app.app_context():
        key = prepared(market, shelf(market, 10), 4)

    def one(what):
        with market.app.app_context():
            try:
                with writing():
                    order = db.session.get_one(Order, key)
                    if what == "pack":
                        orders.pack(order, None, "cooperative")
                    else:
                        services.propose(order, {order.lines[0].id: 2}, "", member(market))
            except DomainError:
                return False
            finally:
                db.session.remove()
            return True

    assert sum(together(one, ["pack", "ask", "pack", "ask", "ask", "pack"])) == 1
    with market.app.app_context():
        order = db.session.get_one(Order, key)
        assert order.asking == (order.state is OrderState.ACCEPTED)
        assert violations() == []


@every_round
def test_weighed_once_or_cancelled(market, round_):
    with market.app.app_context():
        goods = shelf(market, 10)
        with writing():
            sku_of(goods).product.approved.weighed_within = 10
        key = prepared(market, goods, 4)
        line = db.session.get_one(Order, key).lines[0]
        line_id, about, price = line.id, 4 * line.about_grams, line.total

    def one(what):
        with market.app.app_context():
            try:
                with writing():
                    order = db.session.get_one(Order, key)
                    done = {
                        "cancel": lambda: orders.cancel(order, None, "buyer", ""),
                        "pack": lambda: orders.pack(order, None, "cooperative"),
                        "ask": lambda: services.propose(order, {line_id: 2}, "", member(market)),
                    }
                    if what in done:
                        done[what]()
                    else:
                        changing.weigh_and_pack(order, {line_id: about * what // 100}, member(market))
            except DomainError:
                return what, False
            finally:
                db.session.remove()
            return what, True

    won = Counter(what for what, done in together(one, [95, 105, "cancel", 95, "pack", "ask", 105]) if done)
    with market.app.app_context():
        order = db.session.get_one(Order, key)
        assert not won["pack"]
        assert won[95] + won[105] <= 1, won
        assert (order.state is OrderState.PACKED) == bool(won[95] + won[105])
        more = price * 5 // 100
        assert order.adjusted == (more if won[105] else -more if won[95] else 0)
        payment = db.session.query(Payment).filter_by(purchase_id=order.purchase_id).one()
        assert payment.amount == order.due
        assert violations() == []
