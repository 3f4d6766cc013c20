"""Reading balances."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select

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


def booked(kinds: Iterable[Kind], code: str) -> int:
    """Return the sum of the bookings of these kinds about one order or amount, in đồng."""
    return _sum(LedgerEntry.code == code, LedgerEntry.kind.in_(list(kinds)))


def owed_to_buyer(code: str) -> int:
    """Return what the books say is owed to the buyer of one order and not promised (đồng); 0 where nothing is."""
    owes = _sum(LedgerEntry.code == code, LedgerEntry.debit == Account.BUYERS)
    owed = _sum(LedgerEntry.code == code, LedgerEntry.credit == Account.BUYERS)
    return max(0, owed - owes)


def _sum(*which: ColumnElement[bool]) -> int:
    return int(db.session.scalar(select(func.coalesce(func.sum(LedgerEntry.amount), 0)).where(*which)) or 0)


def sum_of(accounts: Balances) -> int:
    """Return what is where minus whose it is: zero, or the books are wrong."""
    return sum(-amount if account in CREDIT_SIDE else amount for account, amount in accounts.items())
