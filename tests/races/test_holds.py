"""Goods whose buyers' time is over, two sweeps that free them, and buyers who pay at that very moment."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from products.stock.models import HoldState, StockHold
from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from shop.payments.models import PaymentState
from shop.payments.online import tasks as online
from shop.payments.transfers import tasks as transfers
from shop.payments.transfers.models import Credit, CreditState, Doubt
from tests.races.banking import tell, told_by_the_bank
from tests.races.paying import (
    Stripe,
    Tell,
    opened,
    order_of,
    shelf,
    sku_of,
    their_time_is_over,
    waiting,
)
from tests.races.starting import FULL, before_the_button, together
from tests.server import Market, until
from tests.shop.payments.outside import Bought, payment_of
from tests.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.timeout(1800 if FULL else 120)]
PAYERS = 100 if FULL else 8  # of each way, at the same moment as two sweeps
OTHERS = 12  # more than what nobody pays for leaves them: some are quicker than the money of others
HOLDS = 250 if FULL else 12  # of each way
Sweep = Callable[[], int]


@pytest.fixture
def stripe(market: Market) -> Iterator[Stripe]:
    found = Stripe(market)
    with market.app.app_context():
        yield found
        db.session.remove()


def until_nothing_is_due(market: Market, sweep: Sweep) -> None:
    with market.app.app_context():
        while sweep():
            db.session.remove()
        db.session.remove()


def held(purchase: Bought) -> set[HoldState]:
    """How the goods of a purchase are held."""
    rows = select(StockHold.state).where(StockHold.reference.in_(purchase.codes))
    return set(db.session.scalars(rows))


def test_cards_paid_while_two_sweeps_free_the_goods(market: Market, stripe: Stripe, record_property: Tell) -> None:
    """Each unit is sold or free, once: whoever Stripe let pay has the goods, nobody else holds any."""
    goods = shelf(market, HOLDS)
    purchases = [waiting(goods, Method.CARD) for _ in range(HOLDS)]
    sessions = [opened(one) for one in purchases]
    their_time_is_over(purchases)
    db.session.remove()
    payers = list(zip(purchases, sessions, strict=True))[:PAYERS]  # where the sweeps begin too

    def go(work: tuple[Bought, str] | None) -> None:
        if work is None:
            until_nothing_is_due(market, online.lapse_unpaid)
        else:
            stripe.pay(work[1])
            Visitor(market.url).get(f"/pay/{work[0].token}/return")

    together(go, [None, None, *payers])

    until_nothing_is_due(market, online.lapse_unpaid)
    until(stripe.is_quiet, "the last event of Stripe", 60)
    paid = [stands_right(one, stripe.paid(session)) for one, session in zip(purchases, sessions, strict=True)]
    assert (sku_of(goods).on_hand, sku_of(goods).held) == (HOLDS, sum(paid))
    db.session.remove()
    market.assert_sound()
    record_property(
        "figure", f"I2, {HOLDS} holds, 2 sweeps, {PAYERS} payers: {sum(paid)} sold, the rest free, each once"
    )


def stands_right(purchase: Bought, paid: bool) -> bool:
    """Say whether a purchase was paid; its payment, order and goods all say the same as `paid`."""
    order, payment = order_of(purchase), payment_of(purchase)
    if paid:
        assert (payment.state, order.state, order.awaiting_payment) == (PaymentState.PAID, OrderState.PLACED, False)
        assert HoldState.HELD in held(purchase)
    else:
        assert (payment.state, order.state) == (PaymentState.LAPSED, OrderState.CANCELLED)
        assert HoldState.HELD not in held(purchase)
    return paid


def test_transfers_that_come_while_two_sweeps_free_the_goods(
    market: Market, stripe: Stripe, record_property: Tell
) -> None:
    """The money pays its order, or takes it up again, or waits for the seller where others were quicker."""
    goods, line = shelf(market, HOLDS), told_by_the_bank(market)
    others = [before_the_button(market, goods.sku, 2000 + place) for place in range(OTHERS)]
    purchases = [waiting(goods, Method.BANK_QR) for _ in range(HOLDS)]
    their_time_is_over(purchases)
    db.session.remove()
    came = purchases[:PAYERS]

    def go(work: Bought | tuple[Visitor, dict[str, str]] | None) -> int:
        if work is None:
            until_nothing_is_due(market, transfers.lapse_transfers)
            return 0
        if isinstance(work, Bought):
            return tell(market, line, work.total, work.codes[0], f"FT-{work.codes[0]}")
        return first_free(*work)

    done = together(go, [None, None, *came, *others])

    until_nothing_is_due(market, transfers.lapse_transfers)
    assert set(done[2 : 2 + PAYERS]) == {200}
    assert set(done[2 + PAYERS :]) <= {302, 409}
    paid = [transfer_stands_right(one, one in came) for one in purchases]
    sold = sum(paid) + done.count(302)
    assert (sku_of(goods).on_hand, sku_of(goods).held) == (HOLDS, sold)
    assert sum(paid) >= PAYERS - done.count(302)
    db.session.remove()
    market.assert_sound()
    record_property(
        "figure",
        f"I2, {HOLDS} holds, 2 sweeps, {PAYERS} transfers, {OTHERS} other buyers: {sum(paid)} paid,"
        f" {PAYERS - sum(paid)} in the seller's queue, none lost",
    )


def first_free(buyer: Visitor, fields: dict[str, str]) -> int:
    """Press the last button until goods are free; 409 where none were for as long as anybody tries."""
    for _try in range(12):
        status = buyer.post("/checkout/confirmation", **fields).status
        if status != 409:
            break
    return status


def transfer_stands_right(purchase: Bought, came: bool) -> bool:
    """Say whether a transfer paid its order; where it came and did not, it waits as one credit."""
    credits = list(db.session.scalars(select(Credit).where(Credit.reference == f"FT-{purchase.codes[0]}")))
    paid = stands_right(purchase, payment_of(purchase).state is PaymentState.PAID)
    assert len(credits) == came
    if came:
        assert (credits[0].state, credits[0].doubt, credits[0].used) == (
            (CreditState.SETTLED, None, purchase.total) if paid else (CreditState.WAITING, Doubt.LATE, 0)
        )
    else:
        assert not paid
    return paid
