"""Money conserves (reliability, I12): whatever happens to a purchase, the books say where every đồng is.

Random purchases of one to four sellers are placed, paid by each method, in pieces, late or twice, cancelled,
refused, given back, disputed, passed on, weighed, or changed, with other goods instead of missing ones or without, some
with vouchers.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from shop.core.db import db
from shop.ledger import checks as ledger_checks
from shop.ledger.models import Account, Kind, LedgerEntry
from shop.ledger.queries import balances, sum_of
from shop.orders import checks as order_checks
from shop.orders.changes import checks as change_checks
from shop.orders.redemptions import checks as redemption_checks
from shop.payments import checks as payment_checks
from shop.payments.books import checks as book_checks
from shop.payments.changing import checks as changing_checks
from shop.payments.disputes import checks as dispute_checks
from shop.payments.passing import checks as passing_checks
from shop.payments.transfers import checks as transfer_checks
from tests.shop.payments.dealing import Deal, four_sellers, sold
from tests.shop.payments.outside import WHOLE

PURCHASES, STEPS = (10_000, 12) if WHOLE else (300, 6)
AT_ONCE = 50  # in one transaction: SQLite slows down as more is undone in it
PLACES = (Account.CARD, Account.CONNECTED, Account.CASH, Account.BANK, Account.FEES)
BOOKS = (*ledger_checks.CHECKS, *book_checks.CHECKS)
REST = (
    *order_checks.CHECKS,
    *change_checks.CHECKS,
    *changing_checks.CHECKS,
    *redemption_checks.CHECKS,
    *payment_checks.CHECKS,
    *transfer_checks.CHECKS,
    *dispute_checks.CHECKS,
    *passing_checks.CHECKS,
)
# A refund that failed waits for a person, and so it should.
ROOMS = [check for check in REST if check is not payment_checks.nothing_waits_for_a_person]
SEEN: set[int] = set()  # purchases that were tried
HAPPENED: set[Kind] = set()  # in any of them


@contextmanager
def forgotten() -> Iterator[None]:
    """Undo everything that happens inside."""
    point = db.session.get_bind().begin_nested()
    try:
        yield
    finally:
        db.session.remove()
        point.rollback()


def right(deal: Deal) -> None:
    """Hold the books against the purse and the orders."""
    purchase, kept = deal.purchase, balances()
    assert purchase.total == sum(order.total for order in purchase.orders)
    assert {sum_of(accounts) for accounts in kept.values()} == {0}
    there = Counter({(seller, place): accounts[place] for seller, accounts in kept.items() for place in PLACES})
    assert there == deal.purse
    sales = Counter({seller: accounts[Account.SALES] for seller, accounts in kept.items()})
    assert sales == sold(deal)
    if WHOLE:
        assert verified(BOOKS) == []
    db.session.rollback()


def verified(checks: Iterable[Callable[[], Iterable[str]]]) -> list[str]:
    """What these checks of `flask verify` say."""
    return [problem for check in checks for problem in check()]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("first", range(0, PURCHASES, AT_ONCE))
def test_every_dong_is_somewhere(cast, first):
    goods = four_sellers(cast)
    every = 1 if WHOLE or db.session.get_bind().dialect.name == "sqlite" else 3  # the other engine sees a third
    for seed in range(first, first + AT_ONCE, every):
        with forgotten():
            steps: list[str] = []
            try:
                deal = Deal(cast, goods, seed)
                right(deal)
                for _ in range(STEPS):
                    steps.append(deal.step())
                    right(deal)
                HAPPENED.update(db.session.scalars(select(LedgerEntry.kind)))
                assert verified([*BOOKS, *ROOMS] if WHOLE or seed % 5 == 0 else BOOKS) == []
            except BaseException as problem:
                problem.add_note(f"purchase {seed}: {', '.join(steps)}")
                raise
            SEEN.add(seed)


def test_everything_that_can_happen_to_money_did():
    if len(SEEN) < PURCHASES:
        pytest.skip("only where all purchases were tried")
    assert set(Kind) == HAPPENED
