"""Cash that is offered again to a phone number whose parcels came back."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model


class CashLift(Model):
    """Refusals at the door of this number before `at` no longer count, and why, and who said so."""

    __tablename__ = "cash_lifts"
    __table_args__ = (CheckConstraint("because <> ''", name="for_a_reason"), Index("ix_cash_lifts_phone", "phone"))

    id: Mapped[BigKey]
    phone: Mapped[str]  # E.164; deleted with the refusals' own time (shop.privacy.periods)
    because: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)

    by: Mapped[User] = relationship()
