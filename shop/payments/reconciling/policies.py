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


class Kinds(NamedTuple):
    """How what differs is called: only there, only here, or in `what` (a field of There and Here) beside the amount."""

    there: Difference
    here: Difference
    other: Difference | None = None
    what: str = ""


CHARGES = Kinds(Difference.PAID_THERE, Difference.PAID_HERE)
REFUNDS = Kinds(Difference.REFUND_THERE, Difference.REFUND_HERE, Difference.REFUND_STATE, "state")
PASSINGS = Kinds(Difference.PASSED_THERE, Difference.PASSED_HERE, Difference.PASSED_BACK, "back")


def differences(kinds: Kinds, there: Iterable[There], here: Mapping[str, Here]) -> Iterator[Differs]:
    """Compare a list of the provider's with our rows by the provider's reference; one difference each."""
    seen = set()
    for one in there:
        seen.add(one.reference)
        ours, facts = here.get(one.reference), {"amount": one.amount, "name": one.name}
        if ours is None:
            yield Differs(kinds.there, one.reference, facts)
        elif ours.amount != one.amount:
            yield Differs(Difference.AMOUNT, one.reference, facts | {"ours": ours.amount})
        elif kinds.other and getattr(ours, kinds.what) != (theirs := getattr(one, kinds.what)):
            facts |= {kinds.what: theirs, "ours": getattr(ours, kinds.what)}
            yield Differs(kinds.other, one.reference, facts)
    for reference, ours in here.items():
        if reference not in seen:
            yield Differs(kinds.here, reference, {"ours": ours.amount, "name": ours.name})


def disputes(there: Iterable[Disputed], here: Mapping[str, str]) -> Iterator[Differs]:
    """Compare the disputes of our payments: `here` are their states by reference."""
    for one in there:
        if here.get(one.reference) != one.state.value:
            facts = {"amount": one.amount, "state": one.state.value, "ours": here.get(one.reference)}
            yield Differs(Difference.DISPUTE, one.reference, facts)
