"""The market is killed in the middle of selling and being paid: what was answered is there, once."""

import random
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from shop.cli.rooms import prompt, sweeps
from shop.cli.work import run
from shop.core.db import db
from shop.orders.models import Method, Order, Purchase
from shop.payments.models import Payment, PaymentEvent, PaymentState
from tests.faults.buying import Sold, at_work, buy, inside, insist
from tests.races.banking import tell, told_by_the_bank
from tests.races.paying import Stripe, Tell, later
from tests.races.starting import FULL
from tests.server import Market, running_market, until
from tests.shelves import with_full_shelves

pytestmark = [pytest.mark.fault, pytest.mark.timeout(3600 if FULL else 600)]
POINTS = 100 if FULL else 5
BUYERS, PACKS, SEED = 6, 100_000, 20_261
METHODS = (Method.CASH, Method.CARD, Method.BANK_QR)


def test_killed_at_random_points(tmp_path: Path, record_property: Tell) -> None:
    """The server and its sweeps die together, as in a power cut, and start again on what is left."""
    with running_market(tmp_path, partial(with_full_shelves, number=2, on_hand=PACKS)) as market:
        buyers = Buyers(market)
        chance = random.Random(SEED)
        with at_work(BUYERS, buyers.one):
            for _point in range(POINTS):
                time.sleep(chance.uniform(0.2, 1.5))
                market.kill()
                market.start_again()
        until(buyers.stripe.is_quiet, "the last event of Stripe", 90)
        with inside(market):
            for name, sweep in (*prompt(), *sweeps()):
                later(partial(run, name, sweep), minutes=4)
        with inside(market):
            settled = assert_nothing_lost_or_doubled(buyers)
        market.assert_sound()
    figure = f"I4, killed {POINTS} times, {len(buyers.sold)} orders answered: 0 lost, 0 doubled, {settled} paid once"
    record_property("figure", figure)


class Buyers:
    """People who buy one pack each, pay it, and remember what they were answered."""

    def __init__(self, market: Market) -> None:
        self.market, self.stripe = market, Stripe(market)
        self.sold: list[Sold] = []
        self.paid: list[Sold] = []  # by card or transfer, and answered
        self.lock = threading.Lock()
        self.goods = [one for one in market.facts["goods"] if one.seller == market.cast.ids["cooperative"]]
        with inside(market):
            self.bank = told_by_the_bank(market)

    def one(self, place: int) -> None:
        """Buy once, each method in turn."""
        buyer, sold = buy(self.market, self.goods[0], place, METHODS[place % len(METHODS)])
        with self.lock:
            self.sold.append(sold)
        if sold.method is Method.CARD:
            self.stripe.pay(self.session_of(sold, lambda: buyer.get(f"/pay/{sold.token}").status))
            insist(lambda: buyer.get(f"/pay/{sold.token}/return"))
        elif sold.method is Method.BANK_QR:
            total, code = self.due(sold)
            insist(lambda: tell(self.market, self.bank, total, code, f"FT-{code}"))
        if sold.method is not Method.CASH:
            with self.lock:
                self.paid.append(sold)

    def session_of(self, sold: Sold, look: Callable[[], int]) -> str:
        """Open the pay page until it leads to Stripe."""
        for _try in range(20):
            assert insist(look) < 500
            with inside(self.market):
                asked = select(Payment.provider_session).join(Payment.purchase).where(Purchase.token == sold.token)
                if session := db.session.scalar(asked):
                    return session
        raise AssertionError("the page at Stripe did not open")

    def due(self, sold: Sold) -> tuple[int, str]:
        """What a transfer must bring, and the code in its memo."""
        with inside(self.market):
            order = db.session.scalars(select(Order).join(Order.purchase).where(Purchase.token == sold.token)).one()
            return order.total, order.code


def assert_nothing_lost_or_doubled(buyers: Buyers) -> int:
    """Every answered order is there, no other is, and what was paid is booked once; returns how many were."""
    kept = dict(db.session.execute(select(Purchase.attempt, Purchase.token)).all())
    assert kept == {one.attempt: one.token for one in buyers.sold}
    assert db.session.scalar(select(func.count(Order.id))) == len(buyers.sold)
    entries = select(Purchase.token, func.count(PaymentEvent.id)).join(Payment, Payment.id == PaymentEvent.payment_id)
    entries = entries.join(Payment.purchase).where(PaymentEvent.kind == "settled").group_by(Purchase.token)
    assert dict(db.session.execute(entries).all()) == {one.token: 1 for one in buyers.paid}
    paid = select(func.count(Payment.id)).where(Payment.state == PaymentState.PAID)
    assert db.session.scalar(paid) == len(buyers.paid)
    return len(buyers.paid)
