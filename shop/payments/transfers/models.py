"""What a transfer must look like, the money that came, and what was made of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model
from shop.payments.models import Payment


class CreditState(StrEnum):
    """What became of money that came."""

    WAITING = "waiting"  # in the queue, with a reason
    SETTLED = "settled"  # all of it pays orders
    SENT_BACK = "sent_back"  # what paid no order went back, says the seller
    OTHER = "other"  # nothing to do with this market, says the seller
    CASH = "cash"  # cash from the door that a carrier paid in, says the seller


class Doubt(StrEnum):
    """Why money waits for a person: nothing is ever guessed (reliability, row 28)."""

    NO_CODE = "no_code"  # no order code in the memo, or one whose check digit does not fit
    UNKNOWN = "unknown"  # a code, but of no order that this account is paid for
    SHORT = "short"
    OVER = "over"
    TWICE = "twice"  # the order is paid already
    LATE = "late"  # the order was given up, and the goods are gone
    CANCELLED = "cancelled"  # one side ended the order, or it is paid in cash
    SEVERAL = "several"  # codes of several orders, and the sum fits none of the ways


class TransferBill(Model):
    """The account and the memo a payment is asked with, frozen at sale: a new account serves only later orders."""

    __tablename__ = "transfer_bills"
    __table_args__ = (Index("ix_transfer_bills_account", "bank_bin", "account"),)

    payment_id: Mapped[int] = mapped_column(ForeignKey(Payment.id), primary_key=True, autoincrement=False)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey(Cooperative.id), index=True)
    bank_bin: Mapped[str]  # NAPAS BIN, six digits
    account: Mapped[str]
    holder: Mapped[str]  # as the bank writes it
    memo: Mapped[str] = mapped_column(unique=True)  # the order's code

    payment: Mapped[Payment] = relationship()
    cooperative: Mapped[Cooperative] = relationship()


class Credit(Model):
    """One amount that came into a cooperative's account; the bank's reference makes it one, whoever tells of it."""

    __tablename__ = "credits"
    __table_args__ = (
        UniqueConstraint("cooperative_id", "account", "reference"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("used BETWEEN 0 AND amount", name="used_within_amount"),
        CheckConstraint("(state = 'waiting') = (doubt IS NOT NULL AND ended_at IS NULL)", name="waits_for_a_reason"),
        CheckConstraint("state <> 'settled' OR used = amount", name="settled_wholly"),
        Index("ix_credits_cooperative_id", "cooperative_id", "state", "id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey(Cooperative.id))
    bank_bin: Mapped[str]
    account: Mapped[str]
    source: Mapped[str]  # who told of it first: sepay, casso, payos, statement
    reference: Mapped[str]  # the bank's own number of the booking
    amount: Mapped[int]  # đồng
    used: Mapped[int] = mapped_column(default=0)  # of it, what pays orders
    memo: Mapped[str]  # as the bank passed it on
    order_code: Mapped[str | None] = mapped_column(index=True)  # the one order the memo surely names
    booked_at: Mapped[datetime]
    received_at: Mapped[datetime] = mapped_column(default=clock.now)
    state: Mapped[CreditState]
    doubt: Mapped[Doubt | None]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: recognised by itself
    note: Mapped[str] = mapped_column(default="")  # of whoever ended it: the reference of what went back

    cooperative: Mapped[Cooperative] = relationship()
    uses: Mapped[list["CreditUse"]] = relationship(back_populates="credit", order_by="CreditUse.id")

    @property
    def left(self) -> int:
        """What of it pays no order, in đồng."""
        return self.amount - self.used


class CreditUse(Model):
    """Which payment a credit pays, and with how much of it."""

    __tablename__ = "credit_uses"
    __table_args__ = (
        UniqueConstraint("credit_id", "payment_id"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        Index("ix_credit_uses_payment_id", "payment_id"),
    )

    id: Mapped[BigKey]
    credit_id: Mapped[int] = mapped_column(ForeignKey(Credit.id))
    payment_id: Mapped[int] = mapped_column(ForeignKey(Payment.id))
    amount: Mapped[int]  # đồng

    credit: Mapped[Credit] = relationship(back_populates="uses")
    payment: Mapped[Payment] = relationship()
