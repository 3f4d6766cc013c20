"""A new price: at once inside the usual range, through the officer outside, in the open draft where there is one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from products import services as products
from products.lifecycle import RevisionState
from products.prices.policies import Range, at_once
from products.prices.queries import ranges
from products.prices.services import Outcome, change
from products.queries import open_revision
from products.review.models import Verdict
from products.stock import services as stock
from products.stock.models import PriceChange
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from tests.products.review.sent import decided

USUAL, SEEN = 130_000, 120_000
UNUSUAL = 1_200_000


def test_the_band_rules_where_the_officer_kept_to_it():
    assert at_once((65_000, 115_000), 80_000) == (65_000, 115_000)
    assert at_once((65_000, 115_000), 150_000) == (75_000, 300_000), "an officer accepted more than the band"
    assert at_once(None, 45_001) == (22_501, 90_002)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_what_was_approved_always_applies_at_once(approved, price):
    usual = at_once(None, approved)
    assert usual.side(approved) == ""
    assert (usual.side(price) == "") == (approved <= 2 * price and price <= 2 * approved)


def test_a_usual_price_applies_at_once(cast):
    with writing():
        assert change(cast.sku(), USUAL, SEEN, cast.member) is Outcome.SET
    assert cast.sku().price == USUAL
    assert open_revision(cast.product()) is None


def test_many_small_steps_lead_no_farther_than_one(cast):
    with writing():
        assert change(cast.sku(), 240_000, SEEN, cast.member) is Outcome.SET
        assert change(cast.sku(), 250_000, 240_000, cast.member) is Outcome.SENT
    assert cast.sku().price == 240_000


def test_an_unusual_price_waits_for_the_officer(cast):
    with writing():
        assert change(cast.sku(), UNUSUAL, SEEN, cast.member) is Outcome.SENT
    assert cast.sku().price == SEEN
    waiting = open_revision(cast.product())
    assert (waiting.state, waiting.proposed_price, waiting.base_price) == (RevisionState.SUBMITTED, UNUSUAL, SEEN)
    decided(cast, cast.product(), Verdict.APPROVE)
    assert cast.sku().price == UNUSUAL
    assert ranges([cast.sku()])[cast.sku().id] == Range(600_000, 2_400_000), "from now on this is usual"
    kept = db.session.scalars(select(PriceChange.reason).where(PriceChange.sku_id == cast.sku().id)).all()
    assert kept == ["approved"]


def test_an_open_draft_takes_the_price(cast):
    with writing():
        draft = products.start_edit(cast.product(), cast.member)
        draft.base_price = draft.proposed_price = 1_000  # begun long ago, at another price
        assert change(cast.sku(), UNUSUAL, SEEN, cast.second_member) is Outcome.IN_DRAFT
    draft = open_revision(cast.product())
    assert (draft.state, draft.proposed_price, draft.base_price) == (RevisionState.DRAFT, UNUSUAL, SEEN)
    assert cast.sku().price == SEEN


def test_what_the_officer_reads_is_not_changed_under_his_eyes(cast):
    with writing():
        change(cast.sku(), UNUSUAL, SEEN, cast.member)
    with writing(), pytest.raises(Conflict):
        change(cast.sku(), 2 * UNUSUAL, SEEN, cast.member)
    with writing():
        assert change(cast.sku(), USUAL, SEEN, cast.member) is Outcome.SET, "a usual price needs nobody"


@pytest.mark.parametrize("wanted", [USUAL, UNUSUAL])
def test_not_over_a_price_that_moved(cast, wanted):
    with writing():
        stock.set_price(cast.sku(), 125_000, SEEN, cast.second_member, "changed")
    with writing(), pytest.raises(Conflict, match=r"125"):
        change(cast.sku(), wanted, SEEN, cast.member)
    assert open_revision(cast.product()) is None


def test_another_pack_keeps_to_its_range(cast):
    with writing():
        other = stock.open_sku(cast.product(), pack=(1000, "kg"), price=500_000, on_hand=3, actor=cast.member)
        assert change(other, 600_000, 500_000, cast.member) is Outcome.SET
        with pytest.raises(Invalid, match=r"1\.000\.000"):
            change(other, 1_000_001, 600_000, cast.member)
    assert open_revision(cast.product()) is None


def test_it_is_twice_the_same_question(browser, cast):
    code = cast.product().code
    browser.sign_in(cast.member)
    for _ in range(2):
        assert browser.post(f"/my/products/{code}/price", price="1tr2", expected=str(SEEN)).status_code == 422
    assert browser.says("An officer then looks at it. Until then buyers pay the old price.")
    assert open_revision(cast.product()) is None


def test_the_draft_opens_with_the_price_in_it(browser, cast):
    code = cast.product().code
    with writing():
        products.start_edit(cast.product(), cast.member)
    browser.sign_in(cast.member)
    sent = {"price": "1tr2", "price_ok": str(UNUSUAL), "expected": str(SEEN)}
    answer = browser.post(f"/my/products/{code}/price", **sent)
    assert answer.location.endswith(f"/my/products/{code}/edit")
    browser.get(answer.location)
    assert browser.one("#price").get("value") == "1.200.000"
    assert browser.says(
        "%(price)s is in your draft. Send it for review. Buyers pay the old price.", price="1.200.000\xa0₫"
    )
