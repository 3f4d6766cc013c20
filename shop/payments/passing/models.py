"""A seller's account at the card's provider, and each amount that was passed on or taken back."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from shop.core import clock
from shop.core.db import BigKey, Model
from shop.payments.models import PaymentPart


class PassingState(StrEnum):
    """A row first; the sweep carries it out."""

    DUE = "due"
    DONE = "done"
    FAILED = "failed"


class CardAccount(Model):
    """A cooperative's own account at the provider, opened on the provider's page."""

    __tablename__ = "card_accounts"

    id: Mapped[BigKey]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), unique=True)
    reference: Mapped[str] = mapped_column(unique=True)  # acct_…
    ready: Mapped[bool] = mapped_column(default=False)  # may receive
    submitted: Mapped[bool] = mapped_column(default=False)  # everything was filled in once
    wants: Mapped[int] = mapped_column(default=0)  # how many answers the provider still asks for
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    looked_at: Mapped[datetime] = mapped_column(default=clock.now)

    cooperative: Mapped[Cooperative] = relationship()


class Passing(Model):
    """One amount of one order on its way to its seller's account, or back from it (`back_of` says of which)."""

    __tablename__ = "passings"
    __table_args__ = (
        UniqueConstraint("part_id", "number"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name="done_when"),
        Index("ix_passings_state", "state"),
    )

    id: Mapped[BigKey]
    part_id: Mapped[int] = mapped_column(ForeignKey("payment_parts.id"))
    number: Mapped[int]  # of this part, from 1
    back_of_id: Mapped[int | None] = mapped_column(ForeignKey("passings.id"))
    account: Mapped[str]  # acct_… as it was then
    amount: Mapped[int]  # đồng
    state: Mapped[PassingState] = mapped_column(default=PassingState.DUE)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    provider_reference: Mapped[str | None] = mapped_column(unique=True)  # tr_… or trr_…
    provider_amount: Mapped[int | None]  # in the smallest unit of the currency the provider settles in
    provider_currency: Mapped[str | None]
    claimed_until: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    problem: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]

    part: Mapped[PaymentPart] = relationship()
    back_of: Mapped["Passing | None"] = relationship(remote_side="Passing.id")
