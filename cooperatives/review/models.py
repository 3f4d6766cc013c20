"""Kept decisions on whether a cooperative may sell here."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.lifecycle import Task
from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model


class Verdict(StrEnum):
    """What an officer may decide about an applicant."""

    ADMIT = "admit"
    RETURN = "return"
    DECLINE = "decline"


class AdmissionDecision(Model):
    """One officer's decision on one application; never edited."""

    __tablename__ = "admission_decisions"
    __table_args__ = (
        CheckConstraint("verdict = 'admit' OR note <> ''", name="refusal_has_a_note"),
        Index("ix_admission_decisions_cooperative_id", "cooperative_id"),
    )

    id: Mapped[BigKey]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    verdict: Mapped[Verdict]
    note: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)

    cooperative: Mapped[Cooperative] = relationship()
    officer: Mapped[User] = relationship()


class AdmissionIssue(Model):
    """What a return asks for at one task, in the officer's words; mended once the seller has saved that task again."""

    __tablename__ = "admission_issues"
    __table_args__ = (
        UniqueConstraint("decision_id", "task"),
        CheckConstraint("note <> ''", name="says_what"),
        Index("ix_admission_issues_cooperative_id", "cooperative_id"),
    )

    id: Mapped[BigKey]
    decision_id: Mapped[int] = mapped_column(ForeignKey("admission_decisions.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    task: Mapped[Task]
    note: Mapped[str]
    mended_at: Mapped[datetime | None]
