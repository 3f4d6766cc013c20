"""Each step of a purchase asks the database so many times, for one seller and for five alike."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from shop.core.db import db, writing
from tests.cast import make_cooperative, make_product
from tests.shop.checkout.shopping import hidden, order, tell

# What reads, by page.
CART, FORM, DETAILS, CHECK, THANKS = 6, 6, 9, 10, 9
# What placing asks, and what a parcel more may add: each has an order, a hold, an event, an audit row, a booking, a
# payment and its people to tell. PostgreSQL locks each order's row, and writes the rows of one table in one statement.
PLACING = {"sqlite": (42, 17), "postgresql": (43, 13)}


@contextmanager
def statements() -> Iterator[list[str]]:
    """Gather what the block asks of the database; savepoints and what opens a transaction are none."""
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


@pytest.fixture
def sellers(cast):
    """Put goods of so many sellers into the browser's cart."""

    def fill(browser, number):
        with writing():
            made = []
            for place in range(number):
                seller = make_cooperative(f"Nhà số {place}", "03390", cast.member, cast.officer)
                goods = make_product(seller, cast.member, f"Chè {place}", category="tea", price=90_000, on_hand=9)
                made.append(goods.skus[0].code)
        for code in made:
            browser.post("/cart/lines", sku=code, quantity="1")

    return fill


def counted(browser, path: str) -> int:
    browser.client.get(path, base_url=browser.origin)  # what is kept in the process is there now
    db.session.remove()
    with statements() as seen:
        browser.get(path)
    return len(seen)


@pytest.mark.parametrize("number", [1, 5])
def test_the_pages_ask_the_same_for_one_and_for_five_sellers(browser, sellers, number):
    sellers(browser, number)
    found = [counted(browser, "/cart"), counted(browser, "/checkout")]
    with statements() as seen:
        tell(browser)
    found += [len(seen), counted(browser, "/checkout/confirmation")]
    assert found == [CART, FORM, DETAILS + CHECK, CHECK]  # the details lead to the page to check


@pytest.mark.parametrize("number", [1, 5])
def test_placing_asks_for_each_parcel_what_belongs_to_it(browser, sellers, number):
    sellers(browser, number)
    tell(browser)
    assert hidden(browser)
    with statements() as seen:
        path = order(browser).headers["Location"]
    first, another = PLACING[db.engine.dialect.name]
    assert (len(seen), counted(browser, path)) == (first + (number - 1) * another, THANKS)
