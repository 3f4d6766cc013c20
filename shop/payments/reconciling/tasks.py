"""The sweep that compares: read the provider's lists, heal what is ours to heal, keep what is not."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from shop.core import clock
from shop.core.db import db, writing
from shop.orders import paying
from shop.orders.models import Method
from shop.payments.disputes import services as disputes
from shop.payments.methods import CARD, stripe_lists
from shop.payments.methods.base import Disputed, NoAnswer, Refused, There
from shop.payments.online.tasks import compare
from shop.payments.reconciling import policies, queries, services
from shop.payments.reconciling.models import Difference
from shop.payments.reconciling.policies import Differs
from shop.payments.refunds import queries as refund_queries
from shop.payments.refunds import services as refunds

BACK = timedelta(days=3)  # Stripe repeats an event for three days; what was lost is younger
D = Difference


class Lists(NamedTuple):
    """The provider's lists of the last days."""

    paid: list[There]
    refunds: list[There]
    passings: list[There]
    disputes: list[Disputed]

    @classmethod
    def read(cls, since: datetime) -> "Lists":
        """Ask for all of them; raises NoAnswer, Refused."""
        return cls(*(ask(since) for ask in (
            stripe_lists.paid, stripe_lists.refunds, stripe_lists.passings, stripe_lists.disputes)))  # type: ignore[arg-type] # fmt: skip

    @property
    def number(self) -> int:
        """How many things they name."""
        return sum(len(one) for one in self)


def reconcile() -> int:
    """Compare once an hour; returns how many differences were healed or are open."""
    if Method.CARD not in paying.offered():
        return 0
    with writing():
        comparison = services.begin()
    if comparison is None:
        return 0
    try:
        lists = Lists.read(clock.now() - BACK)
        before = differences(lists)
        healed = sum(_heal(one, lists) for one in before)
        left = differences(lists) if healed else before
    except (NoAnswer, Refused) as problem:
        with writing():
            services.fail(comparison, str(problem))
        return 0
    with writing():
        services.keep(left)
        services.end(comparison, lists.number, len(left), len(before) - len(left))
    return len(before)


def differences(lists: Lists) -> list[Differs]:
    """Return what is not the same there and here."""
    since = clock.now() - BACK + timedelta(hours=1)  # our rows may be a little older than what they became there
    paid = queries.paid((one.reference for one in lists.paid), since)
    back = queries.refunds((one.reference for one in lists.refunds), since)
    passed = queries.passings((one.reference for one in lists.passings), since)
    ours = {one.reference for one in lists.paid} | set(paid)
    known = queries.disputes(one.reference for one in lists.disputes)
    found = [
        *policies.differences(policies.CHARGES, lists.paid, paid),
        *policies.differences(policies.REFUNDS, (one for one in lists.refunds if one.of in ours), back),
        *policies.differences(policies.PASSINGS, (one for one in lists.passings if one.name), passed),
        *policies.disputes((one for one in lists.disputes if one.charge in ours), known),
    ]
    db.session.rollback()
    return found


def _heal(one: Differs, lists: Lists) -> bool:
    """Do what a lost event would have done; what no event of ours explains is left for a person."""
    with suppress(NoAnswer, Refused):
        if one.kind is D.PAID_THERE:
            said = next(there for there in lists.paid if there.reference == one.subject)
            payment_id = queries.open_payment_of(said.name)
            return payment_id is not None and bool(compare(payment_id))
        if one.kind in {D.REFUND_THERE, D.REFUND_STATE}:
            known = refund_queries.by_reference(one.subject) or refund_queries.by_name(str(one.facts["name"]))
            db.session.rollback()
            return known is not None and _take_refund(known, one.subject)
        if one.kind is D.DISPUTE:
            said_of = next(there for there in lists.disputes if there.reference == one.subject)
            payment = refund_queries.payment_of_charge(said_of.charge)
            return payment is not None and _take_dispute(payment, said_of)
    return False


def _take_refund(refund_id: int, reference: str) -> bool:
    given = CARD.look_up_refund(reference)
    with writing():
        refunds.keep(refund_id, given)
    return True


def _take_dispute(payment_id: int, said: Disputed) -> bool:
    db.session.rollback()
    with writing():
        disputes.keep(payment_id, said)
    return True


SWEEPS: list[Callable[[], int]] = [reconcile]
