"""Whoever takes a seller's row, for himself or with other readers, reads what it says now."""

import pytest
from sqlalchemy import text

from cooperatives import queries
from cooperatives.lifecycle import CooperativeState
from shop.core.db import writing


@pytest.mark.parametrize("take", [queries.lock, queries.hold_still])
def test_what_is_locked_is_read_afresh(cast, take):
    with writing() as session:
        seller = cast.cooperative()
        assert seller.state is CooperativeState.ACTIVE
        session.execute(text("UPDATE cooperatives SET state = 'suspended' WHERE id = :seller"), {"seller": seller.id})
        take(seller)
        assert seller.state is CooperativeState.SUSPENDED
