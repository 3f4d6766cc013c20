"""Whoever takes the row of goods reads what it says now, not what this transaction read before it had to wait."""

from sqlalchemy import text

from products import queries
from products.lifecycle import Shelf
from shop.core.db import writing


def test_what_is_locked_is_read_afresh(cast):
    with writing() as session:
        tea = cast.product()
        assert tea.shelf is Shelf.ON_SALE
        session.execute(text("UPDATE products SET shelf = 'withdrawn' WHERE id = :tea"), {"tea": tea.id})
        queries.lock(tea)
        assert tea.shelf is Shelf.WITHDRAWN
