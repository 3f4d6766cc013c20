"""Sweeps of refunds: promise what is owed, send what is promised, ask after what is on its way."""

from collections.abc import Callable
from datetime import timedelta

from shop.core.claims import claim
from shop.core.db import db, writing
from shop.payments.carrying.tasks import carry_out
from shop.payments.methods import ONLINE
from shop.payments.methods.base import Given, NoAnswer, Refused
from shop.payments.models import Refund, RefundState
from shop.payments.queries import by_provider, refunds_due
from shop.payments.refunds import queries, services

LEASE = timedelta(minutes=2)
ASK_AGAIN = timedelta(hours=1)  # a bank takes its time
AT_ONCE = 20


def promise_refunds() -> int:
    """Promise back what was paid for orders that were cancelled or refused; returns how many."""
    done = 0
    for part_id in refunds_due():
        with writing():
            done += services.promise(part_id)
    return done


def send_refunds() -> int:
    """Send promised refunds to their provider, each once whatever happens on the way; returns how many are done."""
    done = 0
    for _turn in range(AT_ONCE):
        row = claim(Refund, (Refund.state == RefundState.DUE) & by_provider(), LEASE)
        if row is None:
            break
        done += carry_out(services, _given, row["id"])
    return done


def follow_refunds() -> int:
    """Ask after refunds that a bank still handles; returns how many are done."""
    done = 0
    for _turn in range(AT_ONCE):
        row = claim(Refund, Refund.state == RefundState.SENT, ASK_AGAIN)
        if row is None:
            break
        refund = queries.one(row["id"])
        method, reference = ONLINE[refund.part.payment.method], refund.provider_reference or ""
        db.session.rollback()
        try:
            given = method.look_up_refund(reference)
        except (NoAnswer, Refused):
            continue  # asked again when the claim ends
        with writing():
            done += services.keep(row["id"], given)
    return done


def _given(refund_id: int) -> Given:
    """Ask the provider; a repeat first looks whether the refund was made, since keys live only a day."""
    refund = queries.one(refund_id)
    payment, amount, key, name = refund.part.payment, refund.amount, refund.idempotency_key, services.name_of(refund)
    method, reference, repeat = ONLINE[payment.method], payment.provider_reference or "", refund.tries > 1
    db.session.rollback()  # no snapshot is kept open while the provider thinks
    made = method.find_refund(reference, name) if repeat else None
    return made or method.refund(reference, amount, name=name, key=key)


SWEEPS: list[Callable[[], int]] = [promise_refunds, send_refunds, follow_refunds]
