"""Goods offered instead of others while buyers order them, and an offer that several end at once: nothing twice."""

from collections import Counter

import pytest

from products.stock.models import HoldState, StockHold
from shop.cart import services as carts
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.orders import services as orders
from shop.orders.changes import services
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.changes.models import Change
from shop.orders.changes.substitutes import Instead
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order
from shop.payments.changing import services as changing
from shop.payments.models import Payment
from tests.races.paying import member, shelf, sku_of
from tests.races.starting import every_round, together
from tests.races.test_changes import prepared
from tests.shop.orders.buying import place
from tests.shop.payments.changing.asking import violations

pytestmark = pytest.mark.race


def propose(market, key, goods, packs, there, *, gone=False):
    """Offer so many packs of goods instead of the first line of an order."""
    order = db.session.get_one(Order, key)
    line = order.lines[0].id
    wanted = {line: Instead(goods.sku, packs)}
    return services.propose(order, {line: there}, "", member(market), gone=gone, instead=wanted).id


@every_round
def test_the_last_pack_is_sold_or_offered(market, round_, record_property):
    """Eight offers to buyers and four buyers reach for the last two packs: two of them are promised, never three."""
    with market.app.app_context():
        offered, ordered = shelf(market, 2), shelf(market, 40)
        keys = [prepared(market, ordered, 4) for _ in range(8)]
        others = []
        for _ in range(4):
            with writing():
                cart, _token = carts.start(None)
                carts.add(cart, offered.sku, 1, "vi")
                others.append((cart.id, cart.attempt))

    def one(what):
        with market.app.app_context():
            try:
                if isinstance(what, int):
                    with writing():
                        propose(market, what, offered, 1, 3, gone=what == keys[0])
                else:
                    place(*what)
            except DomainError:
                return 0
            finally:
                db.session.remove()
            return 1

    won = sum(together(one, [*keys, *others]))
    with market.app.app_context():
        sku = sku_of(offered)
        assert (won, sku.held, sku.on_hand) == (2, 2, 2)
        asking = [db.session.get_one(Order, key).asking for key in keys]
        held = db.session.query(StockHold).filter_by(sku_id=sku.id, state=HoldState.HELD).count()
        assert held == 2 and sum(asking) <= 2
        assert violations() == []
    record_property("figure", f"I1, 12 for the last 2 packs: {won} promised, {sum(asking)} of them as substitutes")


@every_round
@pytest.mark.parametrize("there", [2, 0])
def test_an_offer_ends_once(market, round_, there):
    with market.app.app_context():
        goods, other = shelf(market, 10), shelf(market, 5)
        key = prepared(market, goods, 4)
        with writing():
            change = propose(market, key, other, 3, there, gone=True)

    def one(what):
        with market.app.app_context():
            try:
                with writing():
                    order, row = db.session.get_one(Order, key), db.session.get_one(Change, change)
                    done = {
                        "yes": lambda: changing.agree(row, None),
                        "without": lambda: changing.without(row, None),
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

    ends = ["yes", "yes", "without", "pack", "cancel", "give up", "withdraw", "lapse", "lapse"]
    won = Counter(what for what, done in together(one, ends) if done)
    with market.app.app_context():
        order, row = db.session.get_one(Order, key), db.session.get_one(Change, change)
        over = order.state is OrderState.CANCELLED
        assert sum(won[name] for name in ("yes", "without", "withdraw", "lapse", "give up")) <= 1, won
        assert row.state is not ChangeState.PROPOSED
        assert (sku_of(other).on_hand, sku_of(other).held) == (5, 3 if won["yes"] and not over else 0), won
        packs = there if won["yes"] or won["without"] or (won["lapse"] and there) else 4
        assert sku_of(goods).held == (0 if over else packs), won
        payment = db.session.query(Payment).filter_by(purchase_id=order.purchase_id).one()
        assert payment.amount == order.due <= order.total
        if won["lapse"] and not there:
            assert over and row.state is ChangeState.LAPSED
        assert violations() == []
