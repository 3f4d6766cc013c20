"""Asking Stripe how a dispute stands."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from shop.payments.disputes.lifecycle import STATES, DisputeState
from shop.payments.methods.base import Disputed
from shop.payments.methods.stripe_client import asking

if TYPE_CHECKING:
    import stripe


def look_up(reference: str) -> Disputed:
    """Ask how a dispute stands; raises NoAnswer, Refused."""
    with asking() as client:
        return disputed(client.v1.disputes.retrieve(reference))


def disputed(found: "stripe.Dispute") -> Disputed:
    """Return the facts of a dispute. Its balance transactions say whether the bank has the money now."""
    said: dict[str, Any] = found.to_dict()
    due = (said.get("evidence_details") or {}).get("due_by")
    moved = sum(one["amount"] for one in said.get("balance_transactions") or [])
    return Disputed(
        reference=found.id,
        charge=str(said.get("payment_intent") or ""),
        amount=found.amount,
        currency=found.currency.upper(),
        reason=found.reason,
        state=STATES.get(found.status, DisputeState.OPEN),
        due_at=datetime.fromtimestamp(due, UTC) if due else None,
        withdrawn=moved < 0,
        opened_at=datetime.fromtimestamp(found.created, UTC),
    )
