"""Card money follows into sellers' own accounts: once, never too much, taken back where it goes back."""

import dataclasses

import pytest
from sqlalchemy import select, update

from shop.core.db import db, writing
from shop.ledger import checks as ledger_checks
from shop.ledger.models import Account
from shop.ledger.queries import balances
from shop.payments.books import checks as book_checks
from shop.payments.models import PaymentPart
from shop.payments.passing import checks as passing_checks
from shop.payments.passing import tasks as passing_tasks
from shop.payments.passing.models import CardAccount
from shop.payments.passing.tasks import look_at_accounts
from shop.payments.refunds.services import promise_some
from tests.shop.orders.buying import act, at
from tests.shop.payments.outside import by_card, orders_of, payment_of, session_of
from tests.shop.payments.outside import violations as payment_violations
from tests.shop.payments.passing_on import opened, passed, steps, switched_on
from tests.shop.payments.test_refunds import later

A = Account
TEA, HONEY = 264_000, 278_000


@pytest.fixture
def paid(cast, outside):
    """Tea and honey of two sellers, paid by card."""
    made = by_card(cast, tea=2, honey=1)
    outside.pay(session_of(made))
    outside.deliver()
    return made


def holds(cast, seller="cooperative"):
    return {account: amount for account, amount in balances()[cast.ids[seller]].items() if amount}


def violations():
    checks = (*ledger_checks.CHECKS, *book_checks.CHECKS, *passing_checks.CHECKS)
    return payment_violations() + [problem for check in checks for problem in check()]


def some(purchase, amount, number=1):
    with writing():
        part = db.session.scalars(select(PaymentPart.id).order_by(PaymentPart.id)).first()
        promise_some(part, amount, f"line-1-{number}", None)


def test_each_sellers_part_follows_the_charge(cast, outside, paid):
    tea = opened(outside, cast)
    assert passed() == 1
    assert passed() == 0
    (sent,) = outside.api.v1.transfers.list().data
    charge = outside.api.v1.payment_intents.retrieve(payment_of(paid).provider_reference).latest_charge
    assert (sent.amount, sent.currency, sent.destination, sent.source_transaction) == (TEA, "vnd", tea, charge)
    assert sent.metadata.to_dict() == {"passing": f"{paid.codes[0]}-1"}
    assert holds(cast) == {A.CONNECTED: TEA, A.SALES: TEA}
    assert holds(cast, "other_cooperative") == {A.CARD: HONEY, A.SALES: HONEY}  # held: no account yet
    assert violations() == []


def test_who_opens_an_account_later_gets_what_was_held(cast, outside, paid):
    opened(outside, cast, filled=False)
    assert passed() == 0
    opened(outside, cast)
    assert passed() == 1
    assert outside.events("transfer.created")[0]["request"]["idempotency_key"] == f"pass-{paid.codes[0]}-1-1"


def test_what_goes_back_is_taken_back(cast, outside, paid):
    opened(outside, cast)
    passed()
    some(paid, 64_000)
    assert passed() == 1
    act(orders_of(paid)[0].id, "cancel")
    assert passed() == 1
    assert steps() == [(1, TEA, False, "done"), (2, 64_000, True, "done"), (3, TEA - 64_000, True, "done")]
    (sent,) = outside.api.v1.transfers.list().data
    assert (sent.amount_reversed, sent.reversed) == (TEA, True)
    assert holds(cast) == {}
    assert violations() == []


def test_what_was_promised_before_is_not_passed_on(cast, outside, paid):
    some(paid, 64_000)
    opened(outside, cast)
    passed()
    assert steps() == [(1, TEA - 64_000, False, "done")]
    assert violations() == []


def test_a_dispute_takes_it_back_and_a_won_one_passes_it_on_again(cast, outside, paid):
    opened(outside, cast)
    passed()
    at(orders_of(paid)[0].id, "delivered")
    reference = payment_of(paid).provider_reference
    outside.control("disputes", payment_intent=reference)
    outside.deliver()
    assert passed() == 1
    assert holds(cast) == {A.DISPUTED: TEA, A.SALES: TEA}
    outside.control("disputes", payment_intent=reference, decide="won")
    outside.deliver()
    passed()
    assert [step[1:] for step in steps()] == [(TEA, False, "done"), (TEA, True, "done"), (TEA, False, "done")]
    assert holds(cast) == {A.CONNECTED: TEA, A.SALES: TEA}
    assert violations() == []


def test_what_stripe_refuses_waits_for_the_admin(browser, cast, outside, paid):
    reference = opened(outside, cast)
    outside.change("account", reference, capabilities={"transfers": "inactive"})
    assert (passed(), passed()) == (0, 0)
    assert steps() == [(1, TEA, False, "failed")]
    assert any("insufficient_capabilities" in problem for problem in violations())
    browser.sign_in(cast.user("admin"))
    browser.get("/staff/card-money")
    assert browser.says("Refused by Stripe")
    path = f"/staff/card-money/{paid.codes[0]}/1/again"
    outside.change("account", reference, capabilities={"transfers": "active"})
    assert browser.post(path).status_code == 302
    assert browser.post(path).status_code == 404
    assert passed() == 1
    assert violations() == []


@pytest.mark.parametrize("kind", ["down", "busy", "error", "lost"])
def test_a_bad_day_at_stripe_passes_it_on_once_later(cast, outside, paid, kind):
    opened(outside, cast)
    outside.fail_next(kind)
    passed()
    later(minutes=3)
    passed()
    assert len(outside.api.v1.transfers.list().data) == 1
    assert holds(cast) == {A.CONNECTED: TEA, A.SALES: TEA}


def test_a_repeat_after_days_finds_what_was_made(cast, outside, paid):
    opened(outside, cast)
    outside.fail_next("lost")
    passed()
    with outside.running.sandbox.state.writing() as memory:
        memory.execute("DELETE FROM idempotency_keys")
    later(days=2)
    assert passed() == 1
    assert len(outside.api.v1.transfers.list().data) == 1


def test_another_currency_gets_its_share(cast, outside, paid):
    """Where the market's account settles in euros, a seller gets the part of them that its order brought."""
    opened(outside, cast)
    charge = outside.api.v1.payment_intents.retrieve(payment_of(paid).provider_reference).latest_charge
    settled = outside.api.v1.charges.retrieve(charge).balance_transaction
    outside.change("balance_transaction", settled, currency="eur", amount=1_998)
    outside.change("charge", charge, currency="eur")
    passed()
    (sent,) = outside.api.v1.transfers.list().data
    assert (sent.amount, sent.currency) == (1_998 * TEA // (TEA + HONEY), "eur")
    some(paid, TEA // 2)
    passed()
    some(paid, TEA - TEA // 2, 2)
    passed()
    assert outside.api.v1.transfers.list().data[0].reversed


def test_a_manager_opens_the_account_on_stripes_page(browser, cast, outside):
    path = f"/cooperatives/{cast.cooperative().code}/card-account"
    browser.sign_in(cast.member)
    browser.get(path)
    assert not browser.says("Open the account")  # this market passes nothing on
    assert browser.post(path).status_code == 409
    switched_on(outside)
    browser.get(path)
    assert browser.says("Open the account")
    assert browser.post(path).status_code == 200
    assert browser.one("a.button.primary").get("href").startswith(f"{outside.running.url}/connect/acct_1")
    browser.post(path)
    account = db.session.scalars(select(CardAccount)).one()
    assert (account.ready, account.submitted) == (False, False)
    browser.client.get(f"{path}/return", base_url=browser.origin)
    browser.get(path)
    assert browser.says("Not filled in yet")


def test_stripe_tells_that_an_account_is_ready(cast, outside):
    reference = opened(outside, cast, filled=False)
    with outside.running.sandbox.state.writing() as memory:
        from shop.sandbox import stripe_connect, stripe_store

        stripe_connect.fill_in(memory, stripe_store.get(memory, "account", reference))
    outside.deliver()
    assert db.session.scalars(select(CardAccount.ready)).one()


def filled_in_silently(outside, reference):
    """The seller fills everything in, and Stripe's event of it is lost."""
    with outside.running.sandbox.state.writing() as memory:
        from shop.sandbox import stripe_connect, stripe_store

        stripe_connect.fill_in(memory, stripe_store.get(memory, "account", reference))


def ready():
    return list(db.session.scalars(select(CardAccount.ready).order_by(CardAccount.id)))


def test_an_account_whose_event_was_lost_is_asked_after(cast, outside, paid):
    filled_in_silently(outside, opened(outside, cast, filled=False))
    assert (look_at_accounts(), ready(), passed()) == (0, [False], 0), "asked only just now"
    later(hours=6, minutes=1)
    assert (look_at_accounts(), ready(), passed()) == (1, [True], 1)
    later(hours=6, minutes=1)
    asked = select(CardAccount.looked_at)
    before = db.session.scalars(asked).one()
    assert (look_at_accounts(), db.session.scalars(asked).one()) == (0, before), "who is ready is not asked again"


def test_accounts_are_asked_after_slowly_and_in_turn(cast, outside, monkeypatch):
    monkeypatch.setattr(passing_tasks, "LOOKS", 1)
    for seller in ("cooperative", "other_cooperative"):
        filled_in_silently(outside, opened(outside, cast, seller, filled=False))
    later(hours=7)
    assert [(look_at_accounts(), ready()) for _ in range(3)] == [
        (1, [True, False]),
        (1, [True, True]),
        (0, [True, True]),
    ]


def test_one_that_is_closed_there_holds_nobody_up(cast, outside, monkeypatch):
    monkeypatch.setattr(passing_tasks, "LOOKS", 1)
    first, second = (opened(outside, cast, one, filled=False) for one in ("cooperative", "other_cooperative"))
    filled_in_silently(outside, second)
    with writing():
        db.session.execute(update(CardAccount).where(CardAccount.reference == first).values(reference="acct_gone"))
    later(hours=7)
    assert [look_at_accounts() for _ in range(3)] == [0, 1, 0]
    assert ready() == [False, True]


def test_where_stripe_is_away_accounts_wait(cast, outside):
    filled_in_silently(outside, opened(outside, cast, filled=False))
    later(hours=7)
    outside.fail_next("down")
    assert (look_at_accounts(), ready()) == (0, [False])
    assert (look_at_accounts(), ready()) == (1, [True])


def test_a_market_that_passes_nothing_on_asks_nobody(cast, outside):
    filled_in_silently(outside, opened(outside, cast, filled=False))
    extensions = outside.browser.app.extensions
    extensions["settings"] = dataclasses.replace(extensions["settings"], stripe_connect_country="")
    later(hours=7)
    assert (look_at_accounts(), ready()) == (0, [False])


def test_a_country_without_accounts_is_said(browser, cast, outside):
    outside.set(stripe_connect_country="VN")
    browser.sign_in(cast.member)
    path = f"/cooperatives/{cast.cooperative().code}/card-account"
    assert browser.post(path).status_code == 409
    assert db.session.scalars(select(CardAccount)).first() is None


@pytest.mark.parametrize("who", ["second_member", "stranger", "officer", "buyer"])
def test_it_is_the_managers_alone(browser, cast, outside, who):
    switched_on(outside)
    browser.sign_in(cast.user(who))
    assert browser.get(f"/cooperatives/{cast.cooperative().code}/card-account").status_code in {403, 404}
