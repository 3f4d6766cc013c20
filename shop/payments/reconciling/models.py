"""Each comparison with the provider, and each difference it found."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class Difference(StrEnum):
    """What is not the same there and here."""

    PAID_THERE = "paid_there"  # the provider has money that our books do not know
    PAID_HERE = "paid_here"  # our books have money that the provider does not know
    AMOUNT = "amount"
    REFUND_THERE = "refund_there"
    REFUND_HERE = "refund_here"
    REFUND_STATE = "refund_state"
    PASSED_THERE = "passed_there"
    PASSED_HERE = "passed_here"
    PASSED_BACK = "passed_back"  # another sum was taken back
    DISPUTE = "dispute"


class Comparison(Model):
    """One comparison; the hour is unique, so several workers make one."""

    __tablename__ = "payment_comparisons"

    id: Mapped[BigKey]
    hour: Mapped[str] = mapped_column(unique=True)  # 2026-11-30T19
    started_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]
    looked: Mapped[int] = mapped_column(default=0)  # things of the provider
    found: Mapped[int] = mapped_column(default=0)
    healed: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]  # the provider did not answer


class Finding(Model):
    """One difference, kept until it is gone; the same one again is the same row."""

    __tablename__ = "payment_findings"
    __table_args__ = (UniqueConstraint("kind", "subject"), Index("ix_payment_findings_gone_at", "gone_at"))

    id: Mapped[BigKey]
    kind: Mapped[Difference]
    subject: Mapped[str]  # the provider's id, or ours where it has none
    facts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    found_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    gone_at: Mapped[datetime | None]
