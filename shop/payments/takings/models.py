"""Cash that was taken at the door, and the sums in which carriers pay it in."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model
from shop.payments.models import Payment
from shop.payments.transfers.models import Credit


class TakingState(StrEnum):
    """Where the cash of one order is; before it is taken its payment waits (`PaymentState.WAITING`)."""

    COLLECTED = "collected"  # the carrier has it
    REMITTED = "remitted"  # the seller noted that the carrier paid it in
    RECONCILED = "reconciled"  # the seller has seen it in the account, or took it by hand


class Remittance(Model):
    """One sum in which a carrier paid in the cash of several orders, as a manager noted it."""

    __tablename__ = "remittances"
    __table_args__ = (
        CheckConstraint("came > 0 AND came <= due", name="came_within_due"),
        CheckConstraint("came = due OR because <> ''", name="short_for_a_reason"),
        CheckConstraint("(seen_at IS NULL) = (seen_by_id IS NULL)", name="seen_by_somebody"),
        Index("ix_remittances_cooperative_id", "cooperative_id", "id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(unique=True, default=public_code)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    carrier: Mapped[str]
    due: Mapped[int]  # đồng: what the carrier took for these orders
    came: Mapped[int]  # đồng: what it paid in
    because: Mapped[str] = mapped_column(default="")  # why less came: the carrier's fee …
    reference: Mapped[str] = mapped_column(default="")  # the bank's or the carrier's number
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    noted_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    seen_at: Mapped[datetime | None]
    credit_id: Mapped[int | None] = mapped_column(ForeignKey("credits.id"), unique=True)  # as which it came in

    noted_by: Mapped[User] = relationship(foreign_keys=[noted_by_id])
    credit: Mapped[Credit | None] = relationship()
    takings: Mapped[list["CashTaking"]] = relationship(
        back_populates="remittance", order_by="CashTaking.payment_id", viewonly=True
    )

    @property
    def short(self) -> int:
        """Đồng that the carrier kept."""
        return self.due - self.came


class CashTaking(Model):
    """The cash of one delivered order. A carrier's goes collected, remitted, reconciled; one's own is there at once."""

    __tablename__ = "cash_takings"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("carrier <> '' OR state = 'reconciled'", name="own_hand_is_there"),
        CheckConstraint(
            "(remittance_id IS NULL) = (carrier = '' OR state = 'collected')", name="paid_in_with_a_remittance"
        ),
        CheckConstraint("(state = 'reconciled') = (reconciled_at IS NOT NULL)", name="reconciled_when"),
        Index("ix_cash_takings_cooperative_id_state", "cooperative_id", "state"),
        Index("ix_cash_takings_remittance_id", "remittance_id"),
    )

    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), primary_key=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    amount: Mapped[int]  # đồng
    carrier: Mapped[str]  # as the seller wrote it; empty: by the seller's own hand
    state: Mapped[TakingState]
    collected_at: Mapped[datetime] = mapped_column(default=clock.now)
    remittance_id: Mapped[int | None] = mapped_column(ForeignKey("remittances.id"))
    reconciled_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]  # the managers were told that the carrier has it too long

    payment: Mapped[Payment] = relationship()
    remittance: Mapped[Remittance | None] = relationship(back_populates="takings", viewonly=True)
