"""Which orders an amount pays: only what is sure by code and amount; everything else has a reason and waits."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from shop.payments.transfers.models import Doubt


class Stand(StrEnum):
    """How an order's transfer stands when money comes."""

    OPEN = "open"
    LATE = "late"  # given up unpaid: paid late if the goods can be had again
    PAID = "paid"
    CLOSED = "closed"  # ended by one side, or paid in cash


class Due(NamedTuple):
    """The transfer of one order into this account: what it costs (đồng) and what came of it before."""

    code: str
    payment_id: int
    amount: int
    stand: Stand
    came: int = 0  # of earlier amounts for it alone, each too little

    @property
    def payable(self) -> bool:
        """True where money may still pay it."""
        return self.stand in {Stand.OPEN, Stand.LATE}


class Match(NamedTuple):
    """What the amount pays, whole; or the reason why it waits, with the one order it is about, if one is sure."""

    pays: tuple[Due, ...] = ()
    doubt: Doubt | None = None
    about: str | None = None
    with_earlier: bool = False  # only together with what came before


def match(amount: int, codes: Sequence[str], known: Mapping[str, Due]) -> Match:
    """Say what `amount` đồng with these valid codes in the memo pays, among the transfers `known` to this account.

    A code that this account is not paid for is looked past: a long number may be one by accident. Rule: reliability,
    row 28 and invariant I10.
    """
    if not codes:
        return Match(doubt=Doubt.NO_CODE)
    named = [known[code] for code in codes if code in known]
    if not named:
        return Match(doubt=Doubt.UNKNOWN)
    return _one(amount, named[0]) if len(named) == 1 else _several(amount, named)


def _one(amount: int, due: Due) -> Match:
    if due.stand is Stand.PAID:
        return Match(doubt=Doubt.TWICE, about=due.code)
    if due.stand is Stand.CLOSED:
        return Match(doubt=Doubt.CANCELLED, about=due.code)
    if amount == due.amount:
        return Match((due,), about=due.code)
    if due.came and amount + due.came == due.amount:
        return Match((due,), about=due.code, with_earlier=True)
    return Match(doubt=Doubt.SHORT if amount + due.came < due.amount else Doubt.OVER, about=due.code)


def _several(amount: int, named: list[Due]) -> Match:
    """All that are named together, or the only one that is not settled yet: nothing else is sure."""
    if all(due.payable for due in named) and sum(due.amount for due in named) == amount:
        return Match(tuple(named))
    left = [due for due in named if due.payable]
    if len(left) == 1 and left[0].amount == amount:
        return Match((left[0],), about=left[0].code)
    return Match(doubt=Doubt.SEVERAL)
