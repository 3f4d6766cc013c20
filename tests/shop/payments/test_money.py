"""A seller's page of money: every figure is the ledger's, whatever happened; nobody else reads it."""

from datetime import date

import pytest

from shop.core import clock
from shop.core.days import today
from shop.core.db import db, writing
from shop.ledger.models import CREDIT_SIDE, Account, LedgerEntry
from shop.ledger.queries import balances
from shop.payments.money.chart import chart_of
from shop.payments.money.queries import Month, months_of, standing
from shop.payments.takings.services import pay_in, see
from tests.shop.payments.at_the_door import remittance, taken, taking
from tests.shop.payments.dealing import Deal, four_sellers
from tests.shop.payments.transferring import by_transfer, comes, with_accounts

A = Account


def year_of(seller):
    """The sums of this year, as the page adds them up."""
    months = months_of(seller, today().year)
    return Month(months[0].first, *(sum(column) for column in zip(*(one[1:] for one in months), strict=True)))


def adds_up(seller):
    """Hold what the page says against the accounts."""
    kept, total, now = balances()[seller], year_of(seller), standing(seller)
    assert (total.sold, total.kept) == (kept[A.SALES], kept[A.FEES])
    by_card = kept[A.CARD] + kept[A.CONNECTED] + kept[A.DISPUTED]
    assert now.there == kept[A.CASH] + by_card + kept[A.BANK]
    assert now.to_come == total.sold - total.by_province - total.came + total.given_back + now.to_give_back
    assert now.sold == now.to_come + now.by_province + now.there + now.kept - now.to_give_back - now.unclear
    whose = [amount for account, amount in kept.items() if account in CREDIT_SIDE]
    assert sum(whose) == now.sold + now.to_give_back + now.unclear


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_the_page_says_what_the_ledger_says(cast, seed):
    deal = Deal(cast, four_sellers(cast), seed)
    for _ in range(8):
        deal.step()
    for seller in balances():
        adds_up(seller)


def test_the_page_says_in_words_where_the_money_is(browser, cast):
    code = taken(cast, tea=2)
    amount = taking(code).amount
    browser.sign_in(cast.member)
    browser.get("/my/money")
    assert browser.says("No buyer owes you anything.")
    now = standing(cast.ids["cooperative"])
    assert (now.with_carriers, now.in_hand, now.at_the_door) == (amount, 0, 0)
    with writing():
        key = pay_in([code], amount - 8_000, "VTP-1", "Phí thu hộ", cast.member).code
    with writing():
        see(remittance(key), cast.member)
    now = standing(cast.ids["cooperative"])
    assert (now.with_carriers, now.in_hand, now.kept) == (0, amount - 8_000, 8_000)
    browser.get("/my/money")
    assert "8.000" in browser.text
    assert browser.all("svg polyline")
    adds_up(cast.ids["cooperative"])


def test_what_is_to_come_is_told_by_way(browser, cast):
    with_accounts(cast)
    made = by_transfer(cast, tea=2)
    comes(cast, 200_000, made.codes[0])
    browser.sign_in(cast.member)
    browser.get("/my/money")
    assert "264.000" in browser.text
    assert "200.000" in browser.text
    adds_up(cast.ids["cooperative"])


def test_the_file_says_the_same_and_calculates_nothing(browser, cast):
    taken(cast)
    with writing():
        cast.cooperative().name = "=1+1"
    browser.sign_in(cast.member)
    answer = browser.client.get("/my/money.csv", base_url=browser.origin)
    assert answer.data.startswith(b"\xef\xbb\xbf")
    lines = answer.data.decode("utf-8-sig").splitlines()
    assert len(lines) == 13
    assert all(line.startswith("'=1+1,") for line in lines[1:])
    month = months_of(cast.ids["cooperative"], today().year)[today().month - 1]
    assert lines[today().month].split(",")[2] == str(month.sold) != "0"


def test_a_month_begins_at_local_midnight(cast):
    seller = cast.ids["cooperative"]
    taken(cast)
    edge = clock.now().replace(year=2025, month=5, day=31, hour=16, minute=59, second=59, microsecond=0)
    with writing():
        rows = {"kind": "placed", "code": "X", "seller_id": seller, "debit": A.BUYERS, "credit": A.SALES}
        db.session.add(LedgerEntry(**rows, source_id=900_001, amount=5, at=edge))
        db.session.add(LedgerEntry(**rows, source_id=900_002, amount=7, at=edge.replace(hour=17, minute=0, second=0)))
    sold = {month.first: month.sold for month in months_of(seller, 2025)}
    assert (sold[date(2025, 5, 1)], sold[date(2025, 6, 1)]) == (5, 7)


def test_a_year_with_nothing_in_it(browser, cast):
    browser.sign_in(cast.member)
    browser.get("/my/money?year=2024")
    assert browser.says("Nothing moved in this year")
    for asked in ("?year=abc", "?year=99999", "?year=-1"):
        assert browser.get(f"/my/money{asked}").status_code == 200
    assert chart_of(months_of(cast.ids["cooperative"], 2024)) is None


@pytest.mark.parametrize("path", ["/my/money", "/my/money.csv"])
def test_nobody_else_reads_it(browser, cast, path):
    other = cast.cooperative("other_cooperative").code
    browser.sign_in(cast.member)
    assert browser.get(f"{path}?seller={cast.cooperative().code}").status_code == 200
    assert browser.get(f"{path}?seller={other}").status_code == 404
    for who in ("second_member", "buyer", "officer", "helper"):
        browser.sign_in(cast.user(who))
        assert browser.get(path).status_code == 403
