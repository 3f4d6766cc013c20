"""Stripe takes the call and never answers: cash and transfers sell on, and pages are as quick as before."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from products.stock.models import HoldState, StockHold
from shop.core.db import db
from shop.core.i18n import gettext, use_language
from shop.orders.models import Method, Order
from shop.payments.models import Payment, PaymentState
from tests.faults.buying import Sold, at_work, buy, inside, once_unless_full
from tests.races.banking import told_by_the_bank
from tests.races.paying import Tell
from tests.races.starting import FULL
from tests.server import Market, running_market
from tests.shelves import Goods, with_full_shelves
from tests.visitor import Visitor

pytestmark = [pytest.mark.fault, pytest.mark.alone, pytest.mark.timeout(600 if FULL else 300), once_unless_full]
SECONDS = 120 if FULL else 10
BUYERS, BY_CARD = 2, 24  # at once; more by card than the server has threads
P95 = 1.0  # seconds
AS_CALM = 2.5  # times as long as the same people wait while nobody pays by card: a slow machine slows both


def test_a_silent_stripe_stops_nobody_else(tmp_path: Path, record_property: Tell) -> None:
    fill = partial(with_full_shelves, number=2, on_hand=100_000)
    with silence() as stripe, running_market(tmp_path, fill, STRIPE_API_URL=stripe.url) as market:
        goods = next(one for one in market.facts["goods"] if one.seller == market.cast.ids["cooperative"])
        with inside(market):
            told_by_the_bank(market)
        cards = [buy(market, goods, 50_000 + place, Method.CARD) for place in range(BY_CARD)]
        calm, _sold = sell(market, goods, SECONDS / 2, first=0)
        with at_work(BY_CARD, lambda place: press(*cards[place % BY_CARD])):
            time.sleep(3)  # until as many as may wait for Stripe do
            waits, sold = sell(market, goods, SECONDS, first=20_000)
            stripe.hang_up()
        assert_kept(market, cards)
        market.assert_sound()
    assert sold
    assert waits < max(P95, AS_CALM * calm), f"p95 {waits:.2f} s, {calm:.2f} s while nobody pays by card"
    figure = f"I29, Stripe silent for {SECONDS} s to {BY_CARD} buyers at once: {sold} orders by cash and transfer"
    record_property("figure", f"{figure}, pages p95 {waits:.2f} s ({calm:.2f} s before)")


class Silence:
    """A server that takes every call and answers none."""

    def __init__(self, door: socket.socket) -> None:
        self.url = f"http://127.0.0.1:{door.getsockname()[1]}"
        self._door = door
        self._lines: list[socket.socket] = []
        threading.Thread(target=self._take, daemon=True).start()

    def _take(self) -> None:
        with suppress(OSError):  # the door is closed
            while True:
                self._lines.append(self._door.accept()[0])

    def hang_up(self) -> None:
        """Be away altogether, so that nobody waits any more."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for line in self._lines:
            line.close()


@contextmanager
def silence() -> Iterator[Silence]:
    """Run a Silence inside the block."""
    found = Silence(socket.create_server(("127.0.0.1", 0), backlog=128))
    try:
        yield found
    finally:
        found.hang_up()


def sell(market: Market, goods: Goods, seconds: float, *, first: int) -> tuple[float, int]:
    """Let people buy by cash and by transfer for so long; returns p95 of their pages (seconds), and orders sold."""
    times: list[float] = []
    sold: list[str] = []

    def one(place: int) -> None:
        buyer, bought = buy(market, goods, first + place, (Method.CASH, Method.BANK_QR)[place % 2])
        sold.append(bought.token)
        pages = ["/", goods.path, "/cart", f"/{'pay' if place % 2 else 'purchases'}/{bought.token}"]
        times.extend(_read(buyer, path) for path in pages)

    with at_work(BUYERS, one):
        time.sleep(seconds)
    return sorted(times)[int(len(times) * 0.95)], len(sold)


def _read(buyer: Visitor, path: str) -> float:
    answer = buyer.get(path)
    assert answer.status in {200, 302}, answer.words
    return answer.seconds


def press(buyer: Visitor, sold: Sold) -> None:
    """Try to open the page at Stripe, and think about it for a while."""
    assert buyer.post(f"/pay/{sold.token}/opening").status == 302
    time.sleep(SECONDS / 8)


def assert_kept(market: Market, cards: list[tuple[Visitor, Sold]]) -> None:
    """Every buyer by card is told so; the orders and their goods are kept, and nothing is paid."""
    with inside(market), use_language("vi"):
        told = gettext("The card page did not open. Nothing was charged. Your goods are kept.")
        assert all(told in buyer.get(f"/pay/{sold.token}").words for buyer, sold in cards)
        states = select(Payment.state).where(Payment.method == Method.CARD)
        assert set(db.session.scalars(states)) == {PaymentState.WAITING}
        held = select(func.count(StockHold.id)).where(StockHold.state == HoldState.HELD)
        assert db.session.scalar(held) == db.session.scalar(select(func.count(Order.id)))
