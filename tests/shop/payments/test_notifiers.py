"""A bank's notifier: only what it proves is taken, and each booking once."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shop.core import clock
from shop.core.db import db, writing
from shop.core.seal import unseal
from shop.payments.notifiers import services
from shop.payments.notifiers.base import NotProven, NotRead
from shop.payments.notifiers.models import BankNotifier, NotifierKind
from shop.payments.notifiers.sepay import SePay
from shop.payments.transfers.models import Credit, CreditState
from tests.shop.payments.transferring import (
    SECRET,
    booking,
    by_transfer,
    connected,
    payments_of,
    told,
    violations,
    with_accounts,
)

KNOWN = json.loads((Path(__file__).parent / "data" / "bank_qr.json").read_text(encoding="utf-8"))["webhooks"]
HEADERS = {"X-Sepay-Timestamp": "X-SePay-Timestamp", "X-Sepay-Signature": "X-SePay-Signature"}


@pytest.fixture
def notifier(cast):
    with_accounts(cast)
    return connected(cast)


def sample(name):
    row = KNOWN[name]
    headers = {ours: row["headers"][theirs] for ours, theirs in HEADERS.items()}
    return row["raw_body"].encode(), headers, row["secret"]


def at_the_time_of(headers):
    clock.set_for_tests(datetime.fromtimestamp(int(headers["X-Sepay-Timestamp"]), UTC))


def test_its_published_sample_is_proven_and_read():
    body, headers, secret = sample("sepay_bank_webhook")
    at_the_time_of(headers)
    found = SePay().read(SePay().proven(body, headers, secret))
    assert found.account == "3607205123456"
    assert (found.came.reference, found.came.amount) == ("FT26068000001", 250_000)
    assert f"{found.came.booked_at:%Y-%m-%d %H:%M:%S %Z}" == "2026-03-09 10:05:02 UTC"


def test_a_changed_amount_is_noticed():
    body, headers, secret = sample("sepay_bank_webhook_tampered")
    at_the_time_of(headers)
    with pytest.raises(NotProven):
        SePay().proven(body, headers, secret)


@pytest.mark.parametrize("age", [-301, 301])
def test_an_old_signature_is_none(age):
    body, headers, secret = sample("sepay_bank_webhook")
    at_the_time_of(headers)
    clock.set_for_tests(clock.after(seconds=age))
    with pytest.raises(NotProven):
        SePay().proven(body, headers, secret)


@pytest.mark.parametrize(
    "changes",
    [
        {"transferAmount": "250000"},
        {"transferAmount": 0},
        {"transferAmount": -5},
        {"transferAmount": 2.5},
        {"transferAmount": True},
        {"transactionDate": "yesterday"},
        {"referenceCode": "", "id": None, "transactionDate": None},
    ],
)
def test_what_is_no_booking_is_not_read(app, changes):
    with pytest.raises(NotRead):
        SePay().read(booking(250_000, "x") | changes)


def test_nothing_but_an_object_is_read():
    for said in ([], "x", 5, None):
        with pytest.raises(NotRead):
            SePay().read(said)


def test_it_pays_the_order(browser, cast, notifier):
    purchase = by_transfer(cast, tea=1)
    said = booking(purchase.total, f"{purchase.codes[0]} thanh toan")
    assert [told(browser, notifier, said) for _turn in range(3)] == [200, 200, 200]
    assert [one.state.value for one in payments_of(purchase)] == ["paid"]
    assert db.session.query(Credit).count() == 1
    assert db.session.query(BankNotifier).one().last_told_at is not None
    assert violations() == []


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"transferType": "out"}, 200),
        ({"accountNumber": "999"}, 200),  # proven, but not an account of this seller
        ({"transferAmount": "1"}, 422),
    ],
)
def test_what_it_tells_beside_that_changes_nothing(browser, cast, notifier, changes, status):
    purchase = by_transfer(cast, tea=1)
    assert told(browser, notifier, booking(purchase.total, purchase.codes[0]) | changes) == status
    assert db.session.query(Credit).count() == 0


def test_forged_old_and_unknown_calls_are_refused(browser, cast, notifier):
    said = booking(1_000, "x")
    assert told(browser, notifier, said, secret="another") == 401
    assert told(browser, notifier, said, age=400) == 401
    assert told(browser, "ZZZZZZZZ", said) == 404
    assert db.session.query(Credit).count() == 0


def test_a_new_secret_ends_the_old_address(browser, cast, notifier):
    with writing():
        again = services.connect(cast.cooperative(), NotifierKind.SEPAY, SECRET, cast.member).code
    assert told(browser, notifier, booking(1_000, "x")) == 404
    assert told(browser, again, booking(1_000, "x")) == 200
    assert db.session.query(Credit).one().state is CreditState.WAITING


def test_the_secret_is_kept_sealed(cast, notifier):
    kept = db.session.query(BankNotifier).one().secret
    assert SECRET not in kept
    assert unseal(kept) == SECRET


def path(cast):
    return f"/cooperatives/{cast.cooperative().code}/notifiers"


def test_a_manager_connects_and_ends_it(browser, cast):
    with_accounts(cast)
    browser.sign_in(cast.member)
    browser.get(path(cast))
    assert browser.says("Seeing transfers come")
    assert browser.post(f"{path(cast)}/sepay", secret=SECRET).status_code == 302
    browser.get(path(cast))
    code = db.session.query(BankNotifier).one().code
    assert f"/webhooks/bank/{code}" in browser.text
    assert SECRET not in browser.text
    browser.post(f"{path(cast)}/sepay", end="1")
    assert db.session.query(BankNotifier).one().ended_at is not None


def test_without_a_secret_nothing_is_connected(browser, cast):
    browser.sign_in(cast.member)
    assert browser.post(f"{path(cast)}/sepay", secret=" ").status_code == 422
    assert browser.post(f"{path(cast)}/other", secret="x").status_code == 404
    assert db.session.query(BankNotifier).count() == 0


def test_only_its_own_managers(browser, cast):
    assert browser.get(path(cast)).status_code == 302
    browser.sign_in(cast.stranger)
    assert browser.get(path(cast)).status_code == 404
    assert browser.post(f"{path(cast)}/sepay", secret="x").status_code == 404
    browser.sign_in(cast.second_member)
    assert browser.get(path(cast)).status_code == 403
