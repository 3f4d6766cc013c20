"""`flask verify` finds a row that somebody tampered with."""

import pytest
from sqlalchemy import text

from products.stock import services
from products.stock.checks import CHECKS
from shop.core.db import db, writing


def found():
    return [fault for check in CHECKS for fault in check()]


@pytest.fixture
def busy(cast):
    with writing():
        services.hold({cast.sku().id: 3}, "LC1")
        services.set_price(cast.sku(), 130_000, 120_000, cast.member, "changed")
        services.set_price(cast.sku(), 125_000, 130_000, cast.member, "changed")
    assert found() == []


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        ("UPDATE skus SET on_hand = on_hand + 1", "movements"),
        ("UPDATE stock_movements SET delta = delta + 2", "movements"),
        ("DELETE FROM stock_movements", "movements"),
        ("UPDATE skus SET held = held - 1 WHERE held > 0", "open holds"),
        ("UPDATE stock_holds SET state = 'freed'", "open holds"),
        ("UPDATE stock_holds SET ended_at = created_at", "end says otherwise"),
        ("UPDATE skus SET price = 1", "newest change"),
        ("UPDATE price_changes SET new_price = 5 WHERE old_price = 120000", "ended at 5"),
    ],
)
def test_a_tampered_row_is_found(busy, cast, damage, says):
    with writing():
        db.session.execute(text(damage))
    assert any(says in fault for fault in found())
    assert any(cast.sku().code in fault or "LC1" in fault for fault in found())
