"""Offering cash again: by officers and admins, for a reason, and nobody's history is shown."""

import pytest
from sqlalchemy import select

from shop.audit.models import AuditEntry
from shop.core.db import db
from shop.orders.limits.models import CashLift
from tests.shop.checkout.shopping import fill, order, tell
from tests.shop.orders.buying import at, ordered

PATH = "/staff/cash"
FIELDS = {"phone": "0912 000 106", "because": "Nằm viện"}


@pytest.fixture
def refused(cast):
    for _ in range(2):
        at(ordered(cast, tea=1).orders[0].id, "refused")


@pytest.mark.parametrize("who", ["officer", "admin"])
def test_cash_is_offered_again(browser, cast, refused, who):
    browser.sign_in(cast.user(who))
    assert browser.get(PATH).status_code == 200
    browser.post(PATH, follow=True, **FIELDS)
    assert browser.says("Cash is offered to this number again.")
    (lift,) = db.session.scalars(select(CashLift)).all()
    assert (lift.phone, lift.because, lift.by_id) == ("+84912000106", "Nằm viện", cast.user(who).id)
    assert "0912 000 106" not in browser.one("main").text_content()
    assert len(db.session.scalars(select(AuditEntry).where(AuditEntry.action == "cash_lifted")).all()) == 1


@pytest.mark.parametrize("who", ["buyer", "member", "helper"])
def test_nobody_else(browser, cast, refused, who):
    browser.sign_in(cast.user(who))
    assert browser.post(PATH, **FIELDS).status_code == 403
    assert db.session.query(CashLift).count() == 0


@pytest.mark.parametrize("fields", [{"phone": ""}, {"phone": "123"}, {"because": ""}, {"phone": "0912 000 107"}])
def test_what_is_wrong_stands_at_its_field(browser, cast, refused, fields):
    browser.sign_in(cast.officer)
    assert browser.post(PATH, **(FIELDS | fields)).status_code == 422
    assert browser.all(".error-summary a")
    assert db.session.query(CashLift).count() == 0


def test_the_buyer_reads_why_and_what_to_do(browser, cast, refused):
    fill(browser, cast)
    tell(browser)
    assert browser.all("input[value='cash_on_delivery'][disabled]")
    assert browser.says("Not for this phone number: parcels were not taken at the door. Pay another way, or call us.")
    assert order(browser).status_code == 422
    browser.sign_in(cast.officer)
    browser.post(PATH, **FIELDS)
    browser.get("/checkout/confirmation")
    assert not browser.all("input[value='cash_on_delivery'][disabled]")
