"""Casso's webhook V2: only what its signature proves is taken, and each booking once."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from shop.core import clock
from shop.core.days import local
from shop.core.db import db
from shop.payments.notifiers.base import NotProven, NotRead, Told
from shop.payments.notifiers.casso import Casso
from shop.payments.notifiers.models import NotifierKind
from shop.payments.transfers.models import Credit
from tests.shop.payments.transferring import (
    ACCOUNTS,
    SECRET,
    by_transfer,
    comes,
    connected,
    payments_of,
    posted,
    violations,
    with_accounts,
)

KNOWN = json.loads((Path(__file__).parent / "data" / "bank_qr.json").read_text(encoding="utf-8"))["webhooks"]
HEADER = "X-Casso-Signature"


@pytest.fixture
def notifier(cast):
    with_accounts(cast)
    return connected(cast, NotifierKind.CASSO)


def sample(name):
    row = KNOWN[name]
    header = row["headers"][HEADER]
    clock.set_for_tests(datetime.fromtimestamp(int(header[2:15]) / 1000, UTC))
    return json.dumps(row["body"]).encode(), {HEADER: header}, row["checksum_key"]


def booking(amount, memo, /, **changes):
    data = {
        "id": 7,
        "reference": "FT26068000001",
        "description": memo,
        "amount": amount,
        "runningBalance": 25_000_000,
        "transactionDateTime": f"{local(clock.now()):%Y-%m-%d %H:%M:%S}",
        "accountNumber": ACCOUNTS["cooperative"][1],
        "bankName": "Agribank",
        "counterAccountName": "NGUYỄN VĂN A/B",
    }
    return {"error": 0, "data": data | changes}


def signed(said, secret=SECRET, age=0, php=False):
    """The body as it comes, in an order of its own, and the header that proves it."""
    stamp = str(int((datetime.now(UTC).timestamp() - age) * 1000))
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=php)
    text = text.replace("/", "\\/") if php else text
    seal = hmac.new(secret.encode(), f"{stamp}.{text}".encode(), hashlib.sha512).hexdigest()
    return json.dumps(said, indent=1).encode(), {HEADER: f"t={stamp},v1={seal}", "Content-Type": "application/json"}


def told(browser, code, said, **how):
    return posted(browser, code, *signed(said, **how))


def test_a_sample_is_proven_and_read():
    body, headers, secret = sample("casso_webhook_v2")
    found = Casso().read(Casso().proven(body, headers, secret))
    assert (found.account, found.came.reference, found.came.amount) == ("3607205123456", "FT26068000001", 250_000)
    assert f"{found.came.booked_at:%Y-%m-%d %H:%M:%S %Z}" == "2026-03-09 10:05:02 UTC"


def test_its_own_published_test_call_is_proven_and_tells_of_nothing():
    body, headers, secret = sample("casso_published")
    assert Casso().read(Casso().proven(body, headers, secret)) == Told("88888888", None)


def test_a_changed_amount_is_noticed():
    body, headers, secret = sample("casso_webhook_v2")
    with pytest.raises(NotProven):
        Casso().proven(body.replace(b"250000", b"2500000"), headers, secret)


@pytest.mark.parametrize(("age", "proven"), [(-301, False), (-299, True), (86_399, True), (86_401, False)])
def test_an_old_signature_is_none(age, proven):
    body, headers, secret = sample("casso_webhook_v2")
    clock.set_for_tests(clock.after(seconds=age))
    if proven:
        assert Casso().proven(body, headers, secret)
    else:
        with pytest.raises(NotProven):
            Casso().proven(body, headers, secret)


@pytest.mark.parametrize(
    "header", ["", "t=,v1=", "v1=ab,t=1", "t=1773050702000,v1=" + "0" * 127, "t=٣,v1=" + "0" * 128]
)
def test_another_header_proves_nothing(header):
    body, _headers, secret = sample("casso_webhook_v2")
    with pytest.raises(NotProven):
        Casso().proven(body, {HEADER: header}, secret)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'{"a": "\\ud800"}', b"[" * 100_000])
def test_what_is_no_json_is_not_proven(body):
    headers = sample("casso_webhook_v2")[1]
    with pytest.raises(NotProven):
        Casso().proven(body, headers, SECRET)


@pytest.mark.parametrize("php", [False, True])
def test_both_spellings_of_its_samples_are_proven(php):
    body, headers = signed(booking(5_000, "chè"), php=php)
    assert Casso().proven(body, headers, SECRET)["data"]["description"] == "chè"


@pytest.mark.parametrize(
    "changes",
    [{"amount": "250000"}, {"amount": 0}, {"amount": 2.5}, {"amount": True}, {"transactionDateTime": "yesterday"}],
)
def test_what_is_no_booking_is_not_read(app, changes):
    with pytest.raises(NotRead):
        Casso().read(booking(250_000, "x", **changes))


@pytest.mark.parametrize("said", [[], "x", 5, None, {"error": 0, "data": []}, {"error": 1} | {"data": {}}])
def test_nothing_but_its_shape_is_read(said):
    with pytest.raises(NotRead):
        Casso().read(said)


def test_it_pays_the_order_once(browser, cast, notifier):
    purchase = by_transfer(cast, tea=1)
    said = booking(purchase.total, f"MBVCB.1.{purchase.codes[0]} thanh toan")
    assert [told(browser, notifier, said) for _turn in range(3)] == [200, 200, 200]
    assert [one.state.value for one in payments_of(purchase)] == ["paid"]
    assert db.session.query(Credit).one().source == "casso"
    assert violations() == []


def test_what_a_statement_told_before_is_known(browser, cast, notifier):
    comes(cast, 5_000, "x", reference="FT26068000001")
    assert told(browser, notifier, booking(5_000, "x")) == 200
    assert db.session.query(Credit).one().source == "statement"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"amount": -5_000}, 200),
        ({"id": 0}, 200),
        ({"accountNumber": ACCOUNTS["other_cooperative"][1]}, 200),  # proven, but the account of another seller
        ({"amount": "1"}, 422),
    ],
)
def test_what_it_tells_beside_that_changes_nothing(browser, cast, notifier, changes, status):
    purchase = by_transfer(cast, tea=1)
    assert told(browser, notifier, booking(purchase.total, purchase.codes[0], **changes)) == status
    assert db.session.query(Credit).count() == 0


def test_forged_and_old_calls_are_refused(browser, cast, notifier):
    said = booking(1_000, "x")
    assert told(browser, notifier, said, secret="another") == 401
    assert told(browser, notifier, said, age=90_000) == 401
    assert db.session.query(Credit).count() == 0
