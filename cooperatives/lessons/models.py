"""Who finished which lesson; a row stays, whatever becomes of the lesson."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model


class FinishedLesson(Model):
    """A person answered a lesson's question right: for a seller, or for nobody but themselves."""

    __tablename__ = "finished_lessons"
    __table_args__ = (
        CheckConstraint("version > 0", name="version_from_one"),
        Index(
            "uq_finished_lessons_for_a_seller",
            *("cooperative_id", "lesson", "version", "user_id"),
            unique=True,
            sqlite_where=text("cooperative_id IS NOT NULL"),
            postgresql_where=text("cooperative_id IS NOT NULL"),
        ),
        Index(
            "uq_finished_lessons_for_oneself",
            *("user_id", "lesson", "version"),
            unique=True,
            sqlite_where=text("cooperative_id IS NULL"),
            postgresql_where=text("cooperative_id IS NULL"),
        ),
    )

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    lesson: Mapped[str]  # a code of cooperatives.lessons.catalogue
    version: Mapped[int]
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)

    person: Mapped[User] = relationship()
    cooperative: Mapped[Cooperative | None] = relationship()
