"""The kept rows of a seller's calendar: one of rules, and one for each time it is closed."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from cooperatives.dispatch.calendar import Closure, Rules
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class DispatchRules(Model):
    """When a cooperative sends; without a row the rules of `calendar.Rules` hold."""

    __tablename__ = "dispatch_rules"
    __table_args__ = (
        CheckConstraint("send_days BETWEEN 1 AND 127", name="sends_on_some_day"),
        CheckConstraint("cutoff_hour BETWEEN 1 AND 24", name="cutoff_is_an_hour"),
        CheckConstraint("prepare_days BETWEEN 0 AND 5", name="prepares_for_some_days"),
    )

    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True, autoincrement=False)
    send_days: Mapped[int]  # bit 0 = Monday … bit 6 = Sunday
    cutoff_hour: Mapped[int]  # local; 24: midnight
    prepare_days: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    @property
    def rules(self) -> Rules:
        """The same as plain values."""
        return Rules(self.send_days, self.cutoff_hour, self.prepare_days)


class ClosedDays(Model):
    """Days on which a cooperative sends nothing; what was taken back stays as a row and counts no more."""

    __tablename__ = "closed_days"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="ends_after_it_begins"),
        Index(
            "uq_closed_days_standing",
            "cooperative_id",
            "first_day",
            unique=True,
            sqlite_where=text("cancelled_at IS NULL"),
            postgresql_where=text("cancelled_at IS NULL"),
        ),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    first_day: Mapped[date] = mapped_column(Date)  # local days, both within
    last_day: Mapped[date] = mapped_column(Date)
    note: Mapped[str] = mapped_column(default="")  # in Vietnamese, buyers read it
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    created_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    cancelled_at: Mapped[datetime | None]

    @property
    def closure(self) -> Closure:
        """The same as plain values."""
        return Closure(self.first_day, self.last_day, self.note)
