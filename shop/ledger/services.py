"""Booking a step of money, in the transaction of the step itself."""

from typing import NamedTuple

from shop.core import clock
from shop.core.db import db
from shop.ledger.models import BETWEEN, Kind, LedgerEntry


class Source(NamedTuple):
    """What a booking is about: the row that says so, the code people know it by, the seller in whose books it is."""

    id: int
    code: str
    seller_id: int


def book(kind: Kind, source: Source, amount: int) -> None:
    """Book `amount` đồng between the two accounts of this kind.

    Whoever calls has made sure that the step happens once; a second booking of the same source is a mistake of ours,
    and the database refuses the whole transaction (IntegrityError).
    """
    debit, credit = BETWEEN[kind]
    what = {"kind": kind, "source_id": source.id, "code": source.code, "seller_id": source.seller_id}
    db.session.add(LedgerEntry(**what, debit=debit, credit=credit, amount=amount, at=clock.now()))
