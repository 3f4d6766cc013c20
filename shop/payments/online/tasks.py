"""The doors to a provider: open a page, compare a payment, end what was not paid. Each asks between two commits."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import update

from shop.core import clock
from shop.core.claims import claim, next_try
from shop.core.db import db, writing
from shop.core.logs import log
from shop.payments import queries
from shop.payments.methods import ONLINE
from shop.payments.methods.base import Facts, NoAnswer, Refused
from shop.payments.models import Payment
from shop.payments.online import services
from shop.payments.services import Outcome, lapse, settle

LEASE = timedelta(minutes=1)
COMPARE_EVERY = timedelta(minutes=3)
AT_ONCE = 20


def open_page(payment_id: int) -> bool:
    """Open the provider's page of a payment unless it is open; False when that failed, which is kept."""
    with writing():
        wanted = services.begin(payment_id)
    if not wanted:
        return queries.one(payment_id).provider_session is not None
    payment = queries.one(payment_id)
    method, wish = ONLINE[payment.method], services.wish_of(payment)
    db.session.rollback()
    try:
        facts = method.open(wish)
    except (NoAnswer, Refused) as problem:
        log.warning("page_not_opened", payment=payment_id, problem=str(problem))
        with writing():
            services.fail(payment_id, str(problem), another_key=getattr(problem, "kept", True))
        return False
    with writing():
        kept = services.keep(payment_id, facts)
    if not kept:  # the payment ended while the provider thought: this page must not be paid
        method.end(facts.session)
    return kept


def compare(payment_id: int) -> Outcome:
    """Ask the provider how a payment stands and take its word. Raises NoAnswer, Refused."""
    payment = queries.one(payment_id)
    method, session = ONLINE[payment.method], payment.provider_session
    db.session.rollback()
    if session is None:
        return Outcome.WAITING
    return _take(payment_id, method.look_up(session))


def end_page(payment_id: int) -> Outcome:
    """Let nobody pay a payment any more; what was paid before that is settled. Raises NoAnswer, Refused."""
    payment = queries.one(payment_id)
    method, session = ONLINE[payment.method], payment.provider_session
    db.session.rollback()
    if session is None:
        return Outcome.WAITING
    facts = method.end(session)
    if not facts.paid:
        return Outcome.WAITING
    with writing():
        return settle(payment_id, facts)


def _take(payment_id: int, facts: Facts) -> Outcome:
    with writing():
        outcome = settle(payment_id, facts)
        if outcome is Outcome.WAITING and facts.ended:
            lapse(payment_id)
    _looked([payment_id])
    return outcome


def _looked(payment_ids: list[int]) -> None:
    with writing():
        db.session.execute(update(Payment).where(Payment.id.in_(payment_ids)).values(looked_at=clock.now()))


def compare_open() -> int:
    """Compare open payments with the provider, in case no event arrived; returns how many were paid."""
    now, paid = clock.now(), 0
    due = queries.to_compare(now, now - COMPARE_EVERY, AT_ONCE)
    for payment_id in due:
        try:
            paid += compare(payment_id) is Outcome.SETTLED
        except (NoAnswer, Refused) as problem:
            log.warning("not_compared", payment=payment_id, problem=str(problem))
            _looked(due)  # the provider is away: other sweeps shall not wait for it every round
            break
    return paid


def lapse_unpaid() -> int:
    """End payments that nobody made in time, the provider's page first; returns how many ended.

    While the provider does not answer, nothing ends and the goods stay held: the page may have been paid.
    """
    done = 0
    for _turn in range(AT_ONCE):
        row = claim(Payment, queries.to_lapse(clock.now()), LEASE)
        if row is None:
            break
        try:
            outcome = end_page(row["id"])
        except (NoAnswer, Refused) as problem:
            log.error("not_ended", payment=row["id"], problem=str(problem), tries=row["tries"])
            _later(row["id"], row["tries"])
            break
        if outcome is Outcome.QUARANTINED:
            _later(row["id"], row["tries"])
        elif outcome is Outcome.WAITING:
            with writing():
                done += lapse(row["id"])
    return done


def _later(payment_id: int, tries: int) -> None:
    with writing():
        values = {"claimed_until": next_try(tries)}
        db.session.execute(update(Payment).where(Payment.id == payment_id).values(**values))


SWEEPS: list[Callable[[], int]] = [compare_open, lapse_unpaid]
