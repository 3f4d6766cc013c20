"""payOS' webhook: the signature in the body proves it, its test call is answered, and each booking counts once."""

import hashlib
import hmac
import json
from pathlib import Path

import pytest

from shop.core import clock
from shop.core.days import local
from shop.core.db import db
from shop.payments.notifiers.base import NotProven, NotRead, Told
from shop.payments.notifiers.models import BankNotifier, NotifierKind
from shop.payments.notifiers.payos import PayOS
from shop.payments.transfers.models import Credit
from tests.shop.payments.transferring import (
    ACCOUNTS,
    SECRET,
    by_transfer,
    connected,
    payments_of,
    posted,
    violations,
    with_accounts,
)

KNOWN = json.loads((Path(__file__).parent / "data" / "bank_qr.json").read_text(encoding="utf-8"))["webhooks"]


@pytest.fixture
def notifier(cast):
    with_accounts(cast)
    return connected(cast, NotifierKind.PAYOS)


def sample(name):
    row = KNOWN[name]
    return json.dumps(row["body"]).encode(), row["checksum_key"]


def booking(amount, memo, /, **changes):
    data = KNOWN["payos_published"]["body"]["data"] | {
        "orderCode": 260_001,
        "amount": amount,
        "description": memo,
        "accountNumber": ACCOUNTS["cooperative"][1],
        "reference": "FT26068000001",
        "transactionDateTime": f"{local(clock.now()):%Y-%m-%d %H:%M:%S}",
        "virtualAccountName": None,
    }
    return {"code": "00", "desc": "success", "success": True, "data": data | changes}


def signed(said, secret=SECRET):
    text = "&".join(f"{key}={'' if value is None else value}" for key, value in sorted(said["data"].items()))
    seal = hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    return json.dumps(said | {"signature": seal}).encode()


def told(browser, code, said, **how):
    return posted(browser, code, signed(said, **how), {"Content-Type": "application/json"})


def test_a_sample_is_proven_and_read():
    found = PayOS().read(PayOS().proven(sample("payos_webhook")[0], {}, sample("payos_webhook")[1]))
    assert (found.account, found.came.reference, found.came.amount) == ("12345678", "TF230204212323", 250_000)
    assert found.came.memo == "LC260001"
    assert f"{found.came.booked_at:%Y-%m-%d %H:%M:%S %Z}" == "2026-03-09 10:05:02 UTC"


def test_its_own_published_test_call_is_proven_and_tells_of_nothing():
    body, secret = sample("payos_published")
    assert PayOS().read(PayOS().proven(body, {}, secret)) == Told("12345678", None)


@pytest.mark.parametrize(
    "change", [(b"250000", b"2500000"), (b"12345678", b"12345679"), (b'"signature": "2', b'"signature": "3')]
)
def test_any_change_is_noticed(change):
    body, secret = sample("payos_webhook")
    assert body.count(change[0])
    with pytest.raises(NotProven):
        PayOS().proven(body.replace(*change), {}, secret)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff",
        b"[]",
        b"5",
        b"{}",
        b'{"data": {}}',
        b'{"data": 5, "signature": "x"}',
        b"[" * 100_000,
        b'{"data": {"a": "\\ud800"}, "signature": "x"}',
    ],
)
def test_what_is_no_signed_json_is_not_proven(body):
    with pytest.raises(NotProven):
        PayOS().proven(body, {}, SECRET)


@pytest.mark.parametrize(
    ("value", "text"), [(None, ""), ("null", ""), (True, "true"), ([{"b": 1, "a": 2}], '[{"a":2,"b":1}]')]
)
def test_values_are_signed_as_its_libraries_write_them(value, text):
    seal = hmac.new(SECRET.encode(), f"a=1&b={text}".encode(), hashlib.sha256).hexdigest()
    body = json.dumps({"data": {"b": value, "a": 1}, "signature": seal}).encode()
    assert PayOS().proven(body, {}, SECRET)


@pytest.mark.parametrize(
    "changes",
    [
        {"amount": "250000"},
        {"amount": 0},
        {"amount": -5},
        {"amount": 2.5},
        {"amount": True},
        {"currency": "USD"},
        {"transactionDateTime": "yesterday"},
    ],
)
def test_what_is_no_booking_is_not_read(app, changes):
    with pytest.raises(NotRead):
        PayOS().read(booking(250_000, "x", **changes))


@pytest.mark.parametrize("said", [[], "x", 5, None, {"data": []}])
def test_nothing_but_its_shape_is_read(said):
    with pytest.raises(NotRead):
        PayOS().read(said)


def test_it_pays_the_order_once(browser, cast, notifier):
    purchase = by_transfer(cast, tea=1)
    said = booking(purchase.total, f"CS7X {purchase.codes[0]}")
    assert [told(browser, notifier, said) for _turn in range(3)] == [200, 200, 200]
    assert [one.state.value for one in payments_of(purchase)] == ["paid"]
    assert db.session.query(Credit).one().source == "payos"
    assert violations() == []


def test_the_call_that_tries_the_address_is_answered_and_changes_nothing(browser, cast, notifier):
    for account in ("12345678", ACCOUNTS["cooperative"][1]):
        said = KNOWN["payos_published"]["body"]
        assert told(browser, notifier, said | {"data": said["data"] | {"accountNumber": account}}) == 200
    assert db.session.query(Credit).count() == 0
    assert db.session.query(BankNotifier).one().last_told_at is not None


@pytest.mark.parametrize(
    ("outer", "changes", "status"),
    [
        ({"code": "01", "success": False}, {}, 200),
        ({}, {"code": "01"}, 200),
        ({}, {"accountNumber": ACCOUNTS["other_cooperative"][1]}, 200),  # proven, but the account of another seller
        ({}, {"amount": "1"}, 422),
    ],
)
def test_what_it_tells_beside_that_changes_nothing(browser, cast, notifier, outer, changes, status):
    purchase = by_transfer(cast, tea=1)
    said = booking(purchase.total, purchase.codes[0], **changes) | outer
    assert told(browser, notifier, said) == status
    assert db.session.query(Credit).count() == 0


def test_a_forged_call_is_refused(browser, cast, notifier):
    assert told(browser, notifier, booking(1_000, "x"), secret="another") == 401
    assert db.session.query(Credit).count() == 0
