"""Stock and price: guarded, kept, exactly once."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from products.stock import checks, services
from products.stock.models import HoldState, PriceChange, Reason, StockHold, StockMovement
from products.stock.services import SoldOut
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict
from tests.cast import make_product


def state(sku):
    return sku.on_hand, sku.held


def found():
    return [fault for check in checks.CHECKS for fault in check()]


def movements(sku):
    rows = select(StockMovement.delta, StockMovement.reason).where(StockMovement.sku_id == sku.id)
    return db.session.execute(rows.order_by(StockMovement.id)).all()


def test_hold_promises_and_end_sells(cast):
    ends = clock.now() + timedelta(minutes=40)
    with writing():
        services.hold({cast.sku("tea").id: 3, cast.sku("honey").id: 5}, "LC1", ends)
    assert state(cast.sku("tea")) == (10, 3)
    assert state(cast.sku("honey")) == (5, 5)
    with writing():
        assert services.end_hold("LC1", HoldState.SOLD, cast.member) is True
        assert services.end_hold("LC1", HoldState.SOLD, cast.member) is False
        assert services.end_hold("LC1", HoldState.FREED, None) is False
    assert state(cast.sku("tea")) == (7, 0)
    assert movements(cast.sku("tea"))[1:] == [(-3, Reason.SOLD)]
    assert found() == []


def test_hold_is_all_or_nothing_and_names_what_fell_short(cast):
    tea, honey = cast.sku("tea").id, cast.sku("honey").id
    with pytest.raises(SoldOut) as refused, writing():
        services.hold({honey: 6, tea: 11}, "LC1")
    assert refused.value.sku_ids == sorted([tea, honey])
    with writing():
        with pytest.raises(SoldOut) as refused:
            services.hold({tea: 2, honey: 6}, "LC1")
        assert refused.value.sku_ids == [honey]
        assert state(cast.sku("tea")) == (10, 0), "also for a caller who goes on in the same transaction"
        services.hold({tea: 10}, "LC1")
    assert state(cast.sku("tea")) == (10, 10)


def test_hold_twice_for_one_order_is_a_conflict(cast):
    tea = cast.sku().id
    with writing():
        services.hold({tea: 1}, "LC1")
        with pytest.raises(Conflict):
            services.hold({tea: 1}, "LC1")
    assert state(cast.sku()) == (10, 1)
    assert found() == []


@pytest.mark.parametrize("quantities", [{}, {1: 0}, {1: -2}])
def test_hold_of_nothing_is_a_mistake_of_the_caller(cast, quantities):
    with pytest.raises(ValueError, match="at least one"), writing():
        services.hold(quantities, "LC1")


def test_retired_and_unknown_skus_cannot_be_held(cast):
    with writing():
        cast.sku().retired_at = clock.now()
    for sku_id in (cast.sku().id, 10**9):
        with pytest.raises(SoldOut), writing():
            services.hold({sku_id: 1}, "LC1")


def test_freed_packs_are_free_again(cast):
    with writing():
        services.hold({cast.sku().id: 10}, "LC1")
        assert services.end_hold("LC1", HoldState.FREED, None)
        services.hold({cast.sku().id: 10}, "LC2")
    assert state(cast.sku()) == (10, 10)
    ended = db.session.scalars(select(StockHold).where(StockHold.reference == "LC1")).one()
    assert ended.state is HoldState.FREED
    assert ended.ended_at is not None
    with pytest.raises(ValueError, match="sold or freed"), writing():
        services.end_hold("LC2", HoldState.HELD, None)


def test_goods_come_back_once_and_only_after_they_left(cast):
    with writing():
        services.hold({cast.sku().id: 4}, "LC1")
        assert services.take_back("LC1", cast.member) is False
        services.end_hold("LC1", HoldState.SOLD, cast.member)
        assert services.take_back("LC1", cast.member) is True
        assert services.take_back("LC1", cast.member) is False
    assert state(cast.sku()) == (10, 0)
    assert [delta for delta, _ in movements(cast.sku())] == [10, -4, 4]
    assert found() == []


def test_count_is_compare_and_set(cast):
    with writing():
        services.count(cast.sku(), 25, 10, cast.member)
    assert state(cast.sku()) == (25, 0)
    with pytest.raises(Conflict, match="25"), writing():
        services.count(cast.sku(), 30, 10, cast.member)
    with writing():
        services.count(cast.sku(), 25, 25, cast.member)
    assert len(movements(cast.sku())) == 2, "nothing moved, nothing is written"
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "stock_counted")).one()
    assert entry.subject_kind == "products"
    assert entry.facts["after"] == 25


def test_count_never_falls_below_what_is_promised(cast):
    with writing():
        services.hold({cast.sku().id: 6}, "LC1")
    with pytest.raises(Conflict, match="6"), writing():
        services.count(cast.sku(), 5, 10, cast.member)
    with writing():
        services.count(cast.sku(), 6, 10, cast.member)
    assert state(cast.sku()) == (6, 6)


def test_price_is_compare_and_set(cast):
    with writing():
        services.set_price(cast.sku(), 130_000, 120_000, cast.member, "changed")
    assert cast.sku().price == 130_000
    with pytest.raises(Conflict, match=r"130.000"), writing():
        services.set_price(cast.sku(), 90_000, 120_000, cast.member, "changed")
    with writing():
        services.set_price(cast.sku(), 130_000, 130_000, cast.member, "changed")
    kept = db.session.scalars(select(PriceChange)).one()
    assert (kept.old_price, kept.new_price, kept.actor_id) == (120_000, 130_000, cast.member.id)
    assert found() == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["hold", "sell", "free", "back", "count"]), st.integers(1, 8), st.integers(0, 12)),
    max_size=25,
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(STEPS)
def test_whatever_happens_the_numbers_are_the_sums_of_their_rows(cast, steps):
    with writing():
        maker = cast.member
        sku = make_product(cast.cooperative(), maker, "Chè", category="tea", price=1000, on_hand=9).skus[0]
        for action, number, packs in steps:
            reference = f"{sku.code}/{number}"
            try:
                if action == "hold":
                    services.hold({sku.id: packs or 1}, reference)
                elif action == "back":
                    services.take_back(reference, maker)
                elif action == "count":
                    services.count(sku, packs, sku.on_hand, maker)
                else:
                    services.end_hold(reference, HoldState.SOLD if action == "sell" else HoldState.FREED, maker)
            except Conflict:
                pass
            assert 0 <= sku.held <= sku.on_hand
        moved = select(func.sum(StockMovement.delta)).where(StockMovement.sku_id == sku.id)
        assert db.session.scalar(moved) == sku.on_hand
        open_holds = select(func.coalesce(func.sum(StockHold.quantity), 0)).where(
            StockHold.sku_id == sku.id, StockHold.state == HoldState.HELD
        )
        assert db.session.scalar(open_holds) == sku.held
        assert found() == []
