"""Stripe's own lists of the last days, as far as they are about this market."""

from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from shop.payments.methods.base import Disputed, There
from shop.payments.methods.stripe_client import asking, ours
from shop.payments.methods.stripe_disputes import disputed

AT_MOST = 5_000  # of each kind in one comparison
STATES = {"succeeded": "done", "failed": "failed", "canceled": "failed"}


def paid(since: datetime) -> list[There]:
    """Return the payments for purchases of ours that succeeded; raises NoAnswer, Refused."""
    with asking() as client:
        found = client.v1.payment_intents.list(_since(since)).auto_paging_iter()
        return [
            There(one.id, one.amount_received, "done", ours(one)["purchase"])
            for one in islice(found, AT_MOST)
            if one.status == "succeeded" and ours(one).get("purchase")
        ]


def refunds(since: datetime) -> list[There]:
    """Return every refund with the payment it is of; raises NoAnswer, Refused."""
    with asking() as client:
        found: Iterable[Any] = client.v1.refunds.list(_since(since)).auto_paging_iter()
        return [
            There(one.id, one.amount, STATES.get(one.status, "sent"), ours(one).get("refund", ""),
                  of=str(one.payment_intent))
            for one in islice(found, AT_MOST)
        ]  # fmt: skip


def passings(since: datetime) -> list[There]:
    """Return what was passed on to sellers' accounts, with what was taken back of it; raises NoAnswer, Refused."""
    with asking() as client:
        found = client.v1.transfers.list(_since(since)).auto_paging_iter()
        return [
            There(one.id, one.amount, "done", ours(one).get("passing", ""), back=one.amount_reversed)
            for one in islice(found, AT_MOST)
        ]


def disputes(since: datetime) -> list[Disputed]:
    """Return every dispute; raises NoAnswer, Refused."""
    with asking() as client:
        return [disputed(one) for one in islice(client.v1.disputes.list(_since(since)).auto_paging_iter(), AT_MOST)]


def _since(since: datetime) -> Any:
    return {"limit": 100, "created": {"gte": int(since.timestamp())}}
