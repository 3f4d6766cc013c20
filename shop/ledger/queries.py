"""Reading balances."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select

from shop.core.db import db
from shop.ledger.models import CREDIT_SIDE, Account, Kind, LedgerEntry

Balances = dict[Account, int]


def balances(seller_ids: Iterable[int] | None = None) -> dict[int, Balances]:
    """Return what is in each account of each of these sellers (of all where none are named), in đồng.

    Each account counts from its own side: money that is there, a sale, a promise are above zero. What is where minus
    whose it is makes zero for every seller.
    """
    rows = select(LedgerEntry.seller_id, LedgerEntry.debit, LedgerEntry.credit, func.sum(LedgerEntry.amount))
    if seller_ids is not None:
        rows = rows.where(LedgerEntry.seller_id.in_(list(seller_ids)))
    found: dict[int, Balances] = defaultdict(lambda: dict.fromkeys(Account, 0))
    for seller, debit, credit, total in db.session.execute(
        rows.group_by(LedgerEntry.seller_id, LedgerEntry.debit, LedgerEntry.credit)
    ):
        found[seller][debit] += -int(total) if debit in CREDIT_SIDE else int(total)
        found[seller][credit] += int(total) if credit in CREDIT_SIDE else -int(total)
    return dict(found)


def booked(kind: Kind, code: str) -> int:
    """Return the sum of the bookings of one kind about one order or amount, in đồng."""
    rows = select(func.coalesce(func.sum(LedgerEntry.amount), 0))
    return int(db.session.scalar(rows.where(LedgerEntry.code == code, LedgerEntry.kind == kind)) or 0)


def sum_of(accounts: Balances) -> int:
    """Return what is where minus whose it is: zero, or the books are wrong."""
    return sum(-amount if account in CREDIT_SIDE else amount for account, amount in accounts.items())
