"""Applying events: look the thing up at the provider, then let the one settle function have the facts."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta

from shop.core import clock
from shop.core.claims import claim
from shop.core.db import db, writing
from shop.payments.disputes import services as disputes
from shop.payments.inbox import services
from shop.payments.methods import CARD, stripe_connect
from shop.payments.methods.base import NoAnswer, Refused, Told
from shop.payments.methods.stripe_disputes import look_up
from shop.payments.models import InboxEvent
from shop.payments.online.tasks import compare
from shop.payments.passing import services as passing
from shop.payments.refunds import services as refunds

LEASE = timedelta(minutes=1)
AT_ONCE = 50


def receive(told: Told) -> bool:
    """Store an event that was proven and apply it at once; False when it was known.

    Once it is stored the provider need not send it again: what goes wrong after that is the sweep's work.
    """
    with writing():
        event_id = services.keep(services.STRIPE, told, clock.now() + LEASE)
    if event_id is None:
        return False
    with suppress(NoAnswer, Refused):
        apply(event_id)
    return True


def apply_events() -> int:
    """Apply events that wait: early ones, and those whose lookup failed; returns how many were dealt with."""
    done = 0
    for _turn in range(AT_ONCE):
        row = claim(InboxEvent, InboxEvent.applied_at.is_(None), LEASE)
        if row is None:
            break
        try:
            done += apply(row["id"])
        except (NoAnswer, Refused):
            break  # the provider is away: the next round tries again
    return done


def apply(event_id: int) -> bool:
    """Apply one event; False when it waits for its payment. Raises NoAnswer, Refused after noting that it waits."""
    event = db.session.get_one(InboxEvent, event_id)
    if event.applied_at is not None:
        return False
    found = services.about(event)
    try:
        if found.problem:
            with writing():
                services.set_aside(services.one(event_id), found)
        elif found.payment is not None:
            _apply_to_payment(event_id, found.payment)
        elif found.disputed is not None:
            _apply_to_dispute(event_id, found.disputed)
        elif found.account is not None:
            _apply_to_account(event_id, found.account)
        elif found.refund is not None:
            _apply_to_refund(event_id, found.refund)
        else:
            _wait(event_id)
            return False
    except (NoAnswer, Refused):
        _wait(event_id)
        raise
    return True


def _wait(event_id: int) -> None:
    with writing():
        services.wait(event_id)


def _apply_to_payment(event_id: int, payment_id: int) -> None:
    with writing():
        false = services.lies(services.one(event_id), payment_id)
    if not false:
        compare(payment_id)
        with writing():
            services.close(event_id)


def _apply_to_refund(event_id: int, refund_id: int) -> None:
    subject = db.session.get_one(InboxEvent, event_id).subject
    db.session.rollback()
    given = CARD.look_up_refund(subject)
    with writing():
        refunds.keep(refund_id, given)
        services.close(event_id)


def _apply_to_dispute(event_id: int, payment_id: int) -> None:
    subject = db.session.get_one(InboxEvent, event_id).subject
    db.session.rollback()
    said = look_up(subject)
    with writing():
        disputes.keep(payment_id, said)
        services.close(event_id)


def _apply_to_account(event_id: int, account_id: int) -> None:
    subject = db.session.get_one(InboxEvent, event_id).subject
    db.session.rollback()
    holder = stripe_connect.look_up_account(subject)
    with writing():
        passing.keep_account(account_id, holder)
        services.close(event_id)


SWEEPS: list[Callable[[], int]] = [apply_events]
