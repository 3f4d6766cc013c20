"""A dispute of a payment, and what of it each order bears."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core import clock
from shop.core.db import BigKey, Model
from shop.payments.disputes.lifecycle import DisputeState
from shop.payments.models import Payment, PaymentPart


class Dispute(Model):
    """What the provider says of a dispute, looked up there and kept."""

    __tablename__ = "disputes"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("returned_at IS NULL OR taken_at IS NOT NULL", name="returned_what_was_taken"),
        Index("ix_disputes_payment_id", "payment_id"),
        Index("ix_disputes_state", "state"),
    )

    id: Mapped[BigKey]
    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"))
    reference: Mapped[str] = mapped_column(unique=True)  # du_…
    amount: Mapped[int]  # đồng
    reason: Mapped[str]  # the provider's word: fraudulent, product_not_received …
    state: Mapped[DisputeState]
    due_at: Mapped[datetime | None]  # an answer counts until then
    taken_at: Mapped[datetime | None]  # the bank has the money
    returned_at: Mapped[datetime | None]
    lost_at: Mapped[datetime | None]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    looked_at: Mapped[datetime] = mapped_column(default=clock.now)

    payment: Mapped[Payment] = relationship()
    shares: Mapped[list["DisputeShare"]] = relationship(back_populates="dispute", order_by="DisputeShare.id")


class DisputeShare(Model):
    """What one order bears of a dispute."""

    __tablename__ = "dispute_shares"
    __table_args__ = (
        UniqueConstraint("dispute_id", "part_id"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("sale >= 0 AND repaid >= 0 AND sale + repaid <= amount", name="lost_within_amount"),
        Index("ix_dispute_shares_part_id", "part_id"),
    )

    id: Mapped[BigKey]
    dispute_id: Mapped[int] = mapped_column(ForeignKey("disputes.id"))
    part_id: Mapped[int] = mapped_column(ForeignKey("payment_parts.id"))
    amount: Mapped[int]  # đồng
    sale: Mapped[int] = mapped_column(default=0)  # when lost: so much less was sold
    repaid: Mapped[int] = mapped_column(default=0)  # when lost: the buyer was owed it anyway, and has it now

    dispute: Mapped[Dispute] = relationship(back_populates="shares")
    part: Mapped[PaymentPart] = relationship()
