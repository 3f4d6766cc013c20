"""What the admin changed of a requirement, what people said of it for one seller, and when a seller was looked at."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.requirements.rows import Start
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model, Versioned


class RequirementSetting(Versioned, Model):
    """The admin's own choice for a shipped requirement; without a row it is as shipped."""

    __tablename__ = "requirement_settings"
    __table_args__ = (CheckConstraint("days BETWEEN 0 AND 730", name="at_most_two_years"),)

    code: Mapped[str] = mapped_column(primary_key=True)
    is_on: Mapped[bool]
    start: Mapped[Start]
    days: Mapped[int]
    suspends: Mapped[bool]
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)


class Said(StrEnum):
    """Who met a requirement by saying so."""

    ATTESTED = "attested"
    VERIFIED = "verified"
    WAIVED = "waived"


class RequirementMark(Model):
    """One person's word that a requirement is met for a seller, or need not be; never edited, ended by another."""

    __tablename__ = "requirement_marks"
    __table_args__ = (
        CheckConstraint("said <> 'waived' OR reason <> ''", name="waiver_has_a_reason"),
        CheckConstraint("said <> 'attested' OR (version <> '' AND lang <> '')", name="attested_in_words"),
        Index(
            "uq_requirement_marks_standing",
            "cooperative_id",
            "requirement",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[BigKey]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    requirement: Mapped[str]  # a code of requirements.json
    said: Mapped[Said]
    version: Mapped[str] = mapped_column(default="")  # of the sentence that was ticked
    lang: Mapped[str] = mapped_column(default="")  # in which it was read
    reason: Mapped[str] = mapped_column(default="")  # of a waiver
    said_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]

    said_by: Mapped[User] = relationship()


class RequirementRound(Model):
    """When the sweep last looked at a seller, what was late then, and of what the people were told."""

    __tablename__ = "requirement_rounds"
    __table_args__ = (Index("ix_requirement_rounds_looked_at", "looked_at"),)

    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True, autoincrement=False)
    looked_at: Mapped[datetime]
    late: Mapped[list[str]] = mapped_column(default=list)  # codes of requirements
