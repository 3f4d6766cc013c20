"""A payment, its parts per order, its refunds, and the inbox of what providers tell us."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core import clock
from shop.core.db import BigKey, Model
from shop.orders.models import Method, Order, OrderLine, Purchase


class PaymentState(StrEnum):
    """Where the money of a payment is."""

    WAITING = "waiting"  # nothing arrived yet (cash: to be collected at the door)
    PAID = "paid"
    LAPSED = "lapsed"  # not paid in time, or no longer wanted before money moved


# Reasons of a refund of all that is left; any other reason gives some of it back while the order goes on.
WHOLE = frozenset({"cancelled", "refused", "late"})


REPAID = "repaid by the bank"  # the problem of a refund that a lost dispute made needless


class RefundState(StrEnum):
    """A refund is a row first; the sweep carries it out."""

    DUE = "due"
    SENT = "sent"
    DONE = "done"
    FAILED = "failed"


class Payment(Model):
    """Money for a purchase by one method. Cash has exactly one part, paid to that cooperative."""

    __tablename__ = "payments"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        Index("ix_payments_purchase_id", "purchase_id"),
        Index("ix_payments_state_expires_at", "state", "expires_at"),
    )

    id: Mapped[BigKey]
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchases.id"))
    method: Mapped[Method]
    amount: Mapped[int]  # đồng
    currency: Mapped[str] = mapped_column(default="VND")
    state: Mapped[PaymentState] = mapped_column(default=PaymentState.WAITING)
    idempotency_key: Mapped[str] = mapped_column(unique=True)  # sent to the provider
    provider_session: Mapped[str | None] = mapped_column(unique=True)  # cs_…
    provider_reference: Mapped[str | None] = mapped_column(unique=True)  # pi_…
    pay_url: Mapped[str | None]
    expires_at: Mapped[datetime | None]  # the provider's page ends; None for cash
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None]
    looked_at: Mapped[datetime | None]  # last compared with the provider
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)  # of the sweep that ends what was not paid

    purchase: Mapped[Purchase] = relationship()
    parts: Mapped[list["PaymentPart"]] = relationship(back_populates="payment", order_by="PaymentPart.id")


class PaymentPart(Model):
    """The share of one order in a payment."""

    __tablename__ = "payment_parts"
    __table_args__ = (
        UniqueConstraint("payment_id", "order_id"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("refunded BETWEEN 0 AND amount", name="refunded_within_amount"),
    )

    id: Mapped[BigKey]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    amount: Mapped[int]
    refunded: Mapped[int] = mapped_column(default=0)  # promised back or given back: its refunds that did not fail

    payment: Mapped[Payment] = relationship(back_populates="parts")
    order: Mapped[Order] = relationship()


class PaymentEvent(Model):
    """One step of a payment, kept."""

    __tablename__ = "payment_events"
    __table_args__ = (Index("ix_payment_events_payment_id", "payment_id"),)

    id: Mapped[BigKey]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"))
    kind: Mapped[
        str
    ]  # due, opened, not_opened, changed, settled, lapsed, refund_due, refunded, refund_failed, quarantined
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime] = mapped_column(default=clock.now)


class Refund(Model):
    """Money that goes back for one part; unique per part and reason, so it is sent once."""

    __tablename__ = "refunds"
    __table_args__ = (
        UniqueConstraint("part_id", "reason"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        Index("ix_refunds_state", "state"),
    )

    id: Mapped[BigKey]
    part_id: Mapped[int] = mapped_column(ForeignKey("payment_parts.id"))
    line_id: Mapped[int | None] = mapped_column(ForeignKey("order_lines.id"))  # the goods it goes back for
    amount: Mapped[int]
    reason: Mapped[str]  # one of WHOLE, or what it is for: short-1, line-…; ASCII, as the provider is told it
    why: Mapped[str] = mapped_column(default="")  # in words for the buyer, where somebody wrote them
    state: Mapped[RefundState] = mapped_column(default=RefundState.DUE)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    provider_reference: Mapped[str | None] = mapped_column(unique=True)  # re_…
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]

    part: Mapped[PaymentPart] = relationship()
    line: Mapped[OrderLine | None] = relationship()

    @property
    def whole(self) -> bool:
        """Say whether all that was left goes back, because the order has ended."""
        return self.reason in WHOLE


class InboxEvent(Model):
    """An event a provider sent, unique by its id; stored first, applied once."""

    __tablename__ = "payment_inbox"
    __table_args__ = (UniqueConstraint("source", "event_id"), Index("ix_payment_inbox_applied_at", "applied_at"))

    id: Mapped[BigKey]
    source: Mapped[str]  # stripe
    event_id: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]  # the provider's object id
    said: Mapped[dict[str, Any]] = mapped_column(default=dict)  # its claims about money, compared, never believed
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    applied_at: Mapped[datetime | None]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]  # why nothing came of it: not ours, quarantined: amount …
