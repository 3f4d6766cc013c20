"""Reports of ratings, by nobody in particular, and the kept decisions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model
from shop.ratings.models import Rating


class Why(StrEnum):
    """What is wrong with a rating, as whoever reports it sees it."""

    INSULT = "insult"
    PERSONAL = "personal"  # names a person, an address, a number
    ADVERT = "advert"
    FAKE = "fake"  # not about these goods
    OTHER = "other"


class Verdict(StrEnum):
    """What was decided."""

    HIDE = "hide"
    KEEP = "keep"
    SHOW_AGAIN = "show_again"


class RatingDecision(Model):
    """One decision about a rating; kept, never edited."""

    __tablename__ = "rating_decisions"
    __table_args__ = (
        CheckConstraint("verdict = 'keep' OR reason <> ''", name="for_a_reason"),
        Index("ix_rating_decisions_rating_id", "rating_id"),
    )

    id: Mapped[BigKey]
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    verdict: Mapped[Verdict]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    officer: Mapped[User] = relationship()


class RatingReport(Model):
    """Somebody finds a rating wrong; who it was is not kept. It waits until a decision settles it."""

    __tablename__ = "rating_reports"
    __table_args__ = (
        CheckConstraint("length(note) <= 300", name="note_is_short"),
        Index("ix_rating_reports_rating_id", "rating_id"),
        Index(
            "ix_rating_reports_open",
            "rating_id",
            postgresql_where=text("decision_id IS NULL"),
            sqlite_where=text("decision_id IS NULL"),
        ),
    )

    id: Mapped[BigKey]
    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"))
    why: Mapped[Why]
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("rating_decisions.id"))

    rating: Mapped[Rating] = relationship()
