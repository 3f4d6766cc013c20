"""The inbox: each event stored once under its id, tied to what it is about, closed when it is dealt with."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from shop.core import clock
from shop.core.claims import next_try
from shop.core.codes import token_digest
from shop.core.db import db
from shop.core.logs import log
from shop.payments import policies, queries
from shop.payments.methods import ONLINE
from shop.payments.methods.base import Told
from shop.payments.models import InboxEvent
from shop.payments.passing import queries as accounts
from shop.payments.refunds import queries as refunds
from shop.payments.services import quarantine

STRIPE = "stripe"
PAID = frozenset({"checkout.session.completed", "checkout.session.async_payment_succeeded"})
SESSIONS = PAID | {"checkout.session.expired"}
REFUNDS = frozenset({"refund.created", "refund.updated", "refund.failed", "charge.refund.updated"})
DISPUTES = frozenset({
    "charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed", "charge.dispute.funds_withdrawn",
    "charge.dispute.funds_reinstated",
})  # fmt: skip
ACCOUNTS = frozenset({"account.updated"})
FOLLOWED = SESSIONS | REFUNDS | DISPUTES | ACCOUNTS
WAIT_FOR_OURS = timedelta(days=1)  # after that, what claims to be ours and is not is set aside
STUCK = timedelta(minutes=15)


@dataclass(frozen=True)
class About:
    """What an event is about: a payment or a refund of ours; neither where it must wait or is nobody's."""

    payment: int | None = None
    refund: int | None = None
    disputed: int | None = None  # the payment that a dispute is about
    account: int | None = None  # of a seller at the provider
    problem: str = ""  # why it is closed without effect


def keep(source: str, told: Told, lease_until: datetime) -> int | None:
    """Store an event under its id; None when it is known already. Kinds we do not follow are closed at once.

    Until `lease_until` (UTC) the sweep leaves it to the door that received it.
    """
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    now = clock.now()
    row = {
        "source": source,
        "event_id": told.event,
        "kind": told.kind,
        "subject": told.subject,
        "said": told.said,
        "received_at": now,
        "applied_at": None if told.kind in FOLLOWED else now,
        "claimed_until": lease_until,
        "tries": 0,
    }
    return db.session.scalar(insert(InboxEvent).values(**row).on_conflict_do_nothing().returning(InboxEvent.id))


def about(event: InboxEvent) -> About:
    """Find what an event is about; an About without anything means: wait, ours may appear yet."""
    if event.kind in REFUNDS:
        return _about_refund(event)
    if event.kind in DISPUTES:
        payment_id = refunds.payment_of_charge(str(event.said.get("reference")))
        return About(disputed=payment_id, problem="" if payment_id else "not ours")
    if event.kind in ACCOUNTS:
        account_id = accounts.by_reference(event.subject)
        return About(account=account_id, problem="" if account_id else "not ours")
    if not event.said.get("purchase"):
        return About(problem="not ours")
    payment_id = queries.by_session(event.subject)
    if payment_id is None and clock.now() - event.received_at > WAIT_FOR_OURS:
        return About(problem="quarantined: no such session")
    return About(payment=payment_id)


def _about_refund(event: InboxEvent) -> About:
    """Find the refund; what somebody returned by hand at the provider is not in our books, so a person must look."""
    refund_id = refunds.by_reference(event.subject) or refunds.by_name(str(event.said.get("refund")))
    if refund_id is not None:
        return About(refund=refund_id)
    payment_id = refunds.payment_of_charge(str(event.said.get("reference")))
    return About(payment=payment_id, problem="not ours" if payment_id is None else "quarantined: refund made elsewhere")


def lies(event: InboxEvent, payment_id: int) -> bool:
    """Compare what an event of payment claims with what was meant; quarantine it where that differs."""
    payment = queries.locked(payment_id)
    digest, live = token_digest(payment.purchase.token), ONLINE[payment.method].live
    wrong = policies.false_claims(payment, digest, event.said, live=live) if event.kind in PAID else []
    if wrong:
        quarantine(payment, wrong, f"event {event.event_id}")
        close(event.id, f"quarantined: {', '.join(wrong)}")
    return bool(wrong)


def set_aside(event: InboxEvent, found: About) -> None:
    """Close an event without effect, and say so aloud where money may be involved."""
    if found.payment is not None:
        quarantine(queries.locked(found.payment), [found.problem], f"event {event.event_id}")
    elif found.problem.startswith("quarantined"):
        log.error("event_quarantined", provider_event=event.event_id, problem=found.problem)
    close(event.id, found.problem)


def close(event_id: int, problem: str | None = None) -> None:
    """Mark an event as dealt with."""
    event = one(event_id)
    if event.applied_at is None:
        event.applied_at, event.problem, event.claimed_until = clock.now(), problem, None


def wait(event_id: int) -> None:
    """Let an event wait for its payment, or for the provider's answer; aloud when that lasts too long."""
    event = one(event_id)
    event.claimed_until = next_try(max(1, event.tries))
    if clock.now() - event.received_at > STUCK:
        log.error("event_stuck", provider_event=event.event_id, tries=event.tries)


def one(event_id: int) -> InboxEvent:
    """Return an event, its row held until the transaction ends."""
    row = select(InboxEvent).where(InboxEvent.id == event_id).with_for_update()
    return db.session.scalars(row.execution_options(populate_existing=True)).one()
