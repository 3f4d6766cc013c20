"""What differs: pure comparisons of the provider's lists with our rows."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from shop.payments.methods.base import Disputed, There
from shop.payments.reconciling.models import Difference


class Here(NamedTuple):
    """One of our rows: its amount as the provider counts it, and how it stands in the provider's words."""

    amount: int
    state: str
    name: str = ""
    back: int = 0


class Differs(NamedTuple):
    """One difference, with the facts a person needs."""

    kind: Difference
    subject: str
    facts: dict[str, Any]


def charges(there: Iterable[There], here: Mapping[str, Here]) -> Iterator[Differs]:
    """Compare what was paid: `here` are our paid payments by the provider's reference."""
    seen = set()
    for one in there:
        seen.add(one.reference)
        ours = here.get(one.reference)
        if ours is None:
            yield Differs(Difference.PAID_THERE, one.reference, {"amount": one.amount})
        elif ours.amount != one.amount:
            yield Differs(Difference.AMOUNT, one.reference, {"amount": one.amount, "ours": ours.amount})
    yield from _missing(Difference.PAID_HERE, here, seen)


def refunds(there: Iterable[There], here: Mapping[str, Here]) -> Iterator[Differs]:
    """Compare what went back: `here` are our refunds that were sent, by the provider's reference."""
    seen = set()
    for one in there:
        seen.add(one.reference)
        ours = here.get(one.reference)
        facts = {"amount": one.amount, "name": one.name}
        if ours is None:
            yield Differs(Difference.REFUND_THERE, one.reference, facts)
        elif ours.amount != one.amount:
            yield Differs(Difference.AMOUNT, one.reference, facts | {"ours": ours.amount})
        elif ours.state != one.state:
            yield Differs(Difference.REFUND_STATE, one.reference, facts | {"state": one.state, "ours": ours.state})
    yield from _missing(Difference.REFUND_HERE, here, seen)


def passings(there: Iterable[There], here: Mapping[str, Here]) -> Iterator[Differs]:
    """Compare what was passed on to sellers, and what was taken back of it."""
    seen = set()
    for one in there:
        seen.add(one.reference)
        ours = here.get(one.reference)
        facts = {"amount": one.amount, "name": one.name}
        if ours is None:
            yield Differs(Difference.PASSED_THERE, one.reference, facts)
        elif ours.amount != one.amount:
            yield Differs(Difference.AMOUNT, one.reference, facts | {"ours": ours.amount})
        elif ours.back != one.back:
            yield Differs(Difference.PASSED_BACK, one.reference, facts | {"back": one.back, "ours": ours.back})
    yield from _missing(Difference.PASSED_HERE, here, seen)


def disputes(there: Iterable[Disputed], here: Mapping[str, str]) -> Iterator[Differs]:
    """Compare the disputes of our payments: `here` are their states by reference."""
    for one in there:
        if here.get(one.reference) != one.state.value:
            facts = {"amount": one.amount, "state": one.state.value, "ours": here.get(one.reference)}
            yield Differs(Difference.DISPUTE, one.reference, facts)


def _missing(kind: Difference, here: Mapping[str, Here], seen: set[str]) -> Iterator[Differs]:
    for reference, ours in here.items():
        if reference not in seen:
            yield Differs(kind, reference, {"ours": ours.amount, "name": ours.name})
