"""What a seller answers to a rating: once, changed for two weeks."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core import clock
from shop.core.db import Model
from shop.ratings.models import Rating


class RatingAnswer(Model):
    """The answer to one rating; by whichever of the seller's people."""

    __tablename__ = "rating_answers"
    __table_args__ = (CheckConstraint("length(words) BETWEEN 1 AND 1000", name="says_something_short"),)

    rating_id: Mapped[int] = mapped_column(ForeignKey("ratings.id"), primary_key=True, autoincrement=False)
    words: Mapped[str]
    by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_at: Mapped[datetime | None]

    rating: Mapped[Rating] = relationship()
