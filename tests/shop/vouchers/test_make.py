"""Making a voucher: what may be promised, by whom, and what is said at the field."""

from datetime import timedelta

import pytest

from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.days import end_of, today
from shop.core.db import db
from shop.core.errors import Invalid
from shop.vouchers.models import Voucher, VoucherKind
from tests.shop.vouchers.making import found, voucher

FIELDS = {"code": "Tết Bình Lư", "kind": "percent", "value": "10 %", "uses_most": "1.000", "person_most": "1"}


def days(first=0, last=6):
    return {"starts_on": (today() + timedelta(days=first)).isoformat(), "ends_on": str(today() + timedelta(days=last))}


def send(browser, **changes):
    return browser.post("/my/vouchers/new", **({**FIELDS, **days()} | changes))


def test_a_member_makes_one(browser, cast):
    browser.sign_in(cast.second_member)
    assert send(browser, most="50k", least_goods="200.000", first_only="y").status_code == 302
    made = found("TETBINHLU")
    assert (made.kind, made.value, made.most, made.least_goods) == (VoucherKind.PERCENT, 10, 50_000, 200_000)
    assert (made.uses_most, made.person_most, made.first_only) == (1_000, 1, True)
    assert made.cooperative_id == cast.ids["cooperative"]
    assert made.ends_at == end_of(today() + timedelta(days=6))
    assert made.starts_at <= clock.now()
    assert db.session.query(AuditEntry).filter_by(action="voucher_made", subject_id=made.id).count() == 1
    browser.get("/my/vouchers")
    assert "TETBINHLU" in browser.text
    browser.get("/my/vouchers/TETBINHLU")
    assert browser.says("%(percent)s%% off, at most %(most)s", percent=10, most="50.000\u00a0₫")


def test_a_code_left_empty_is_made(browser, cast):
    browser.sign_in(cast.member)
    send(browser, code="")
    assert len(db.session.query(Voucher).one().code) == 8


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("code", "Tết"),
        ("code", "चाय चाय"),
        ("value", "51"),
        ("value", "mười"),
        ("value", "0"),
        ("kind", "gift"),
        ("most", "abc"),
        ("starts_on", "31/2/2027"),
        ("starts_on", "2020-01-01"),
        ("ends_on", "2020-01-01"),
        ("ends_on", "2099-01-01"),
        ("uses_most", "nhiều"),
        ("uses_most", "0"),
        ("person_most", "2000"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_kept(browser, cast, field, typed):
    browser.sign_in(cast.member)
    assert send(browser, **{field: typed}).status_code == 422
    errors = browser.all(f"#{field}-error, .field.wrong [name={field}]")
    assert errors, field
    if field != "kind":
        assert browser.one(f"input[name={field}]").get("value") == typed
    assert db.session.query(Voucher).count() == 0


def test_a_sum_with_a_most_or_one_that_reads_two_ways_is_asked_about(browser, cast):
    browser.sign_in(cast.member)
    assert send(browser, kind="amount", value="20k", most="5k").status_code == 422
    assert browser.one("#most-error") is not None
    assert send(browser, kind="amount", value="1.250").status_code == 422
    assert browser.one("#value-error") is not None


@pytest.mark.parametrize("again", ["TETBINHLU", "TET8INHLU", "TETB1NHLU"])
def test_a_code_that_looks_like_another_is_taken(browser, cast, again):
    voucher(cast, "TETBINHLU")
    browser.sign_in(cast.member)
    expected = 302 if again == "TET8INHLU" else 422
    assert send(browser, code=again).status_code == expected


def test_a_buyer_may_not_and_a_visitor_signs_in(browser, cast):
    assert browser.get("/my/vouchers").status_code == 302
    browser.sign_in(cast.buyer)
    assert browser.get("/my/vouchers").status_code == 403
    assert send(browser).status_code == 403


def test_another_sellers_is_not_there(browser, cast):
    voucher(cast)
    browser.sign_in(cast.stranger)
    assert browser.get("/my/vouchers/TET2027").status_code == 404
    assert browser.post("/my/vouchers/TET2027/end").status_code == 404
    browser.get("/my/vouchers")
    assert "TET2027" not in browser.text


def test_ended_once(browser, cast):
    voucher(cast)
    browser.sign_in(cast.member)
    assert browser.post("/my/vouchers/TET2027/end").status_code == 302
    ended = found()
    assert ended.ends <= clock.now()
    assert db.session.query(AuditEntry).filter_by(action="voucher_ended", subject_id=ended.id).count() == 1
    assert browser.post("/my/vouchers/TET2027/end").status_code == 409
    assert browser.says("This voucher was ended before.")


def test_a_percentage_above_half_is_refused_below_the_form_too(cast):
    with pytest.raises(Invalid):
        voucher(cast, kind=VoucherKind.PERCENT, value=51)
