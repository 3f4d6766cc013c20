"""Two workers pass a seller's money on at once, while some of it goes back: once each, and never too much."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select

from cooperatives.models import Cooperative
from shop.core.db import db, writing
from shop.orders.models import Method
from shop.payments.methods import stripe_connect
from shop.payments.models import PaymentPart
from shop.payments.online import tasks as online
from shop.payments.passing import services, tasks
from shop.payments.passing.models import CardAccount, Passing
from shop.payments.refunds.services import promise_some
from shop.sandbox import stripe_store
from tests.races.paying import Stripe, Tell, opened, shelf, waiting
from tests.races.starting import FULL, one_by_one, together
from tests.server import Market
from tests.shop.payments.outside import http, payment_of

pytestmark = [pytest.mark.race, pytest.mark.timeout(600 if FULL else 120)]


@pytest.fixture
def stripe(market: Market) -> Iterator[Stripe]:
    """The stand-in, with this market passing card money on."""
    before = market.app.extensions["settings"]
    market.app.extensions["settings"] = replace(before, stripe_connect_country="DE")
    with market.app.app_context():
        yield Stripe(market)
        db.session.remove()
    market.app.extensions["settings"] = before


def connected(market: Market, code: str) -> None:
    """Open and fill in the account of a seller."""
    holder = stripe_connect.open_account(code, "HTX")
    stripe_connect.link_to_fill_in(holder.reference, f"{market.url}/x")
    http.post(f"{market.sandbox}/connect/{holder.reference}", headers={"Origin": market.sandbox})
    holder = stripe_connect.look_up_account(holder.reference)
    with writing():
        seller = db.session.scalars(select(Cooperative).where(Cooperative.code == code)).one()
        services.open_account(seller, holder, market.cast.member)


def pass_on() -> int:
    """One round of the sweeps that plan and send."""
    tasks.plan_passings()
    return tasks.send_passings()


def test_two_workers_pass_on_and_take_back_once(market: Market, stripe: Stripe, record_property: Tell) -> None:
    number = 60 if FULL else 6
    goods = shelf(market, number)
    purchases = [waiting(goods, Method.CARD) for _ in range(number)]
    sessions = [opened(one) for one in purchases]
    code = market.cast.cooperative().code
    db.session.rollback()
    connected(market, code)
    for _ in range(4):  # what tests before this one paid goes first
        pass_on()
    earlier = set(db.session.scalars(select(Passing.provider_reference)))
    db.session.remove()
    one_by_one(stripe.pay, sessions)
    for one in purchases:
        key = payment_of(one).id
        db.session.remove()
        online.compare(key)
    parts = list(db.session.scalars(select(PaymentPart.id).where(PaymentPart.payment_id.in_(
        [payment_of(one).id for one in purchases]))))  # fmt: skip
    db.session.remove()

    def work(what: tuple[str, int]) -> int:
        with market.app.app_context():
            try:
                if what[0] == "refund":
                    with writing():
                        promise_some(parts[what[1]], 10_000, f"line-1-{what[1]}", None)
                    return 0
                return pass_on()
            finally:
                db.session.remove()

    together(work, [*(("sweep", n) for n in range(4)), *(("refund", n) for n in range(len(parts)))])
    for _ in range(4):
        work(("sweep", 0))

    rows = list(db.session.scalars(select(Passing).where(Passing.part_id.in_(parts))))
    outs = [row for row in rows if row.back_of_id is None]
    assert len(outs) == len(parts)
    account = db.session.scalars(select(CardAccount.reference)).one()
    with stripe.running.sandbox.state.reading() as memory:
        there = [one for one in stripe_store.newest(memory, "transfer") if one["destination"] == account]
    there = [one for one in there if one["id"] not in earlier]
    assert sorted(one["id"] for one in there) == sorted(row.provider_reference for row in outs)
    left = sum(one["amount"] - one["amount_reversed"] for one in there)
    assert left == sum(
        part.amount - part.refunded for part in db.session.query(PaymentPart).filter(PaymentPart.id.in_(parts))
    )
    db.session.remove()
    market.assert_sound()
    record_property("figure", f"I6, {len(parts)} orders passed on by 4 workers while some goes back: each once")
