"""A sale price: begins and ends by itself, never costs anybody another price than the one shown."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from products import services as products
from products.lifecycle import RevisionState
from products.prices.services import change
from products.queries import open_revision
from products.review.models import Verdict
from products.sales import checks, policies, queries, services, tasks
from products.sales.lifecycle import OPEN, SALE, SaleState
from products.sales.models import Sale
from products.stock import checks as stock_checks
from products.stock import services as stock
from products.stock.models import PriceChange
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from tests.products.review.sent import decided

USUAL, LOW = 120_000, 90_000


def in_days(number):
    clock.set_for_tests(clock.now() + timedelta(days=number))


def planned(cast, first=0, last=5, price=LOW):
    """Plan a sale that begins in `first` days and ends in `last`; returns its id."""
    days = today() + timedelta(days=first), today() + timedelta(days=last)
    with writing():
        return services.plan(cast.sku(), price, days, cast.member).id


def sale(key):
    return db.session.get_one(Sale, key)


def prices(cast):
    return cast.sku().price, cast.sku().usual_price


def sound():
    return [fault for room in (checks, stock_checks) for check in room.CHECKS for fault in check()] == []


def reasons(cast):
    rows = select(PriceChange.reason, PriceChange.new_price).where(PriceChange.sku_id == cast.sku().id)
    return [tuple(row) for row in db.session.execute(rows.order_by(PriceChange.id))]


@pytest.mark.parametrize("state", list(SaleState))
@pytest.mark.parametrize("action", list(SALE.moves))
def test_moves(state, action):
    allowed = {("planned", "begin"), ("running", "end"), ("planned", "cancel"), ("running", "cancel")}
    assert SALE.allows(state, action) == ((state.value, action) in allowed)


def test_it_begins_and_ends_by_itself_once(cast):
    key = planned(cast, 2, 4)
    assert tasks.follow_the_days() == 0
    assert prices(cast) == (USUAL, None)
    in_days(2)
    assert [tasks.follow_the_days(), tasks.follow_the_days()] == [1, 0]
    assert prices(cast) == (LOW, USUAL)
    assert (sale(key).state, cast.sku().sale_until) == (SaleState.RUNNING, today() + timedelta(days=2))
    assert sound()
    in_days(2)
    assert tasks.follow_the_days() == 0, "the last day is a day of the sale"
    in_days(1)
    assert [tasks.follow_the_days(), tasks.follow_the_days()] == [1, 0]
    assert prices(cast) == (USUAL, None)
    assert sale(key).state is SaleState.ENDED
    assert reasons(cast) == [("sale_began", LOW), ("sale_ended", USUAL)]
    assert sound()


def test_today_begins_at_once(cast):
    key = planned(cast)
    assert (sale(key).state, *prices(cast)) == (SaleState.RUNNING, LOW, USUAL)
    said = db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert said[-2:] == ["sale_planned", "price_changed"]


def test_a_sweep_that_slept_through_it_begins_nothing(cast):
    key = planned(cast, 1, 3)
    in_days(9)
    assert tasks.follow_the_days() == 1
    assert (sale(key).state, *prices(cast)) == (SaleState.CANCELLED, USUAL, None)
    assert reasons(cast) == []


def test_a_price_set_by_hand_ends_it_and_stays(cast):
    key = planned(cast)
    with writing():
        change(cast.sku(), 110_000, LOW, cast.second_member)
    assert (sale(key).state, *prices(cast)) == (SaleState.ENDED, 110_000, None)
    assert sound()
    in_days(9)
    assert tasks.follow_the_days() == 0
    assert prices(cast) == (110_000, None)


def test_the_same_price_again_ends_nothing(cast):
    key = planned(cast)
    with writing():
        change(cast.sku(), LOW, LOW, cast.member)
    assert (sale(key).state, *prices(cast)) == (SaleState.RUNNING, LOW, USUAL)


def test_a_usual_price_that_fell_below_it_begins_no_sale(cast):
    key = planned(cast, 1, 3)
    with writing():
        change(cast.sku(), 80_000, USUAL, cast.member)
    in_days(1)
    tasks.follow_the_days()
    assert (sale(key).state, *prices(cast)) == (SaleState.CANCELLED, 80_000, None)


def test_paused_goods_keep_their_days_and_withdrawn_ones_begin_none(cast):
    key = planned(cast, 1, 3)
    with writing():
        products.pause(cast.product(), cast.member)
    in_days(1)
    tasks.follow_the_days()
    assert sale(key).state is SaleState.RUNNING
    with writing():
        products.withdraw(cast.product(), cast.member)
    in_days(3)
    tasks.follow_the_days()
    assert (sale(key).state, *prices(cast)) == (SaleState.ENDED, USUAL, None)
    assert sound()
    with writing(), pytest.raises(Conflict):
        services.plan(cast.sku(), LOW, (today(), today()), cast.member)


def test_withdrawn_before_its_day(cast):
    key = planned(cast, 1, 3)
    with writing():
        products.withdraw(cast.product(), cast.member)
    in_days(1)
    tasks.follow_the_days()
    assert (sale(key).state, *prices(cast)) == (SaleState.CANCELLED, USUAL, None)


@pytest.mark.parametrize(("approved", "costs"), [(150_000, (LOW, 150_000)), (70_000, (70_000, None))])
def test_an_approval_during_a_sale_changes_what_it_returns_to(cast, approved, costs):
    key = planned(cast)
    with writing():
        draft = products.start_edit(cast.product(), cast.member)
        assert (draft.base_price, draft.proposed_price) == (USUAL, USUAL)
        products.save_draft(draft, {"price": str(approved)}, cast.member)
        products.submit(cast.product(), cast.member)
    decided(cast, cast.product(), Verdict.APPROVE)
    assert prices(cast) == costs
    assert sale(key).state is (SaleState.RUNNING if costs[1] else SaleState.ENDED)
    assert sound()
    in_days(9)
    tasks.follow_the_days()
    assert prices(cast) == (approved, None)
    assert sound()


def test_an_approval_is_not_put_over_a_usual_price_that_moved(cast):
    planned(cast)
    with writing():
        draft = products.start_edit(cast.product(), cast.member)
        products.save_draft(draft, {"price": "150000"}, cast.member)
        products.submit(cast.product(), cast.member)
        stock.set_usual_price(cast.sku(), 130_000, USUAL, cast.member, "changed")
    decided(cast, cast.product(), Verdict.APPROVE)
    assert prices(cast) == (LOW, 130_000)


def test_an_unusual_price_during_a_sale_is_proposed_against_the_usual_one(cast):
    planned(cast)
    with writing():
        change(cast.sku(), 1_200_000, LOW, cast.member)
    waiting = open_revision(cast.product())
    assert (waiting.state, waiting.base_price) == (RevisionState.SUBMITTED, USUAL)
    assert prices(cast) == (LOW, USUAL)


def test_calling_it_off(cast):
    running, later = planned(cast), None
    with writing():
        services.cancel(sale(running), cast.member)
    assert (sale(running).state, *prices(cast)) == (SaleState.CANCELLED, USUAL, None)
    later = planned(cast, 3, 5)
    with writing():
        services.cancel(sale(later), cast.member)
        with pytest.raises(Conflict):
            services.cancel(sale(later), cast.member)
    assert sale(later).state is SaleState.CANCELLED
    assert sound()


def test_one_open_sale_at_a_time(cast):
    planned(cast, 2, 3)
    with writing(), pytest.raises(Conflict):
        services.plan(cast.sku(), LOW, (today() + timedelta(days=9), today() + timedelta(days=9)), cast.member)
    with writing():
        row = db.session.scalars(select(Sale)).one()
        values = {"sku_id": row.sku_id, "price": 1, "starts_on": today(), "ends_on": today()}
        with pytest.raises(IntegrityError), db.session.begin_nested():
            db.session.add(Sale(**values, created_by_id=row.created_by_id))
    assert db.session.scalars(select(Sale).where(Sale.state.in_(OPEN))).one()


@pytest.mark.parametrize(
    ("price", "first", "last"),
    [(USUAL, 0, 3), (USUAL + 1, 0, 3), (LOW, -1, 3), (LOW, 3, 2), (LOW, 0, 92), (LOW, 367, 368)],
)
def test_no_such_sale(cast, price, first, last):
    with pytest.raises(Invalid):
        planned(cast, first, last, price)
    assert db.session.scalars(select(Sale)).all() == []


def test_half_is_the_edge_of_the_question():
    assert [policies.is_deep(price, 100_001) for price in (50_000, 50_001)] == [True, False]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE skus SET price = price - 1 WHERE usual_price IS NOT NULL", "is running, but it costs"),
        ("UPDATE skus SET usual_price = NULL, sale_until = NULL", "is running, but it costs"),
        ("UPDATE sales SET state = 'ended'", "no sale is running"),
    ],
)
def test_a_tampered_sale_is_found(cast, damage, says):
    planned(cast)
    with writing():
        db.session.execute(text(damage))
    assert any(says in fault for check in checks.CHECKS for fault in check())


def test_past_sales_are_kept(cast):
    for _ in range(7):
        key = planned(cast)
        with writing():
            services.cancel(sale(key), cast.member)
    assert len(queries.past(cast.sku())) == queries.FEW
