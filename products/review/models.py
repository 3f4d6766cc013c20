"""Kept decisions on revisions."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from products.lifecycle import REVISION, RevisionState
from products.models import ProductRevision
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model


class Verdict(StrEnum):
    """What an officer may decide about a revision."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"

    @property
    def outcome(self) -> RevisionState:
        """The state it leads to; its word is also the action in the audit."""
        return RevisionState(REVISION.moves[self.value][1])


class Decision(Model):
    """One officer's decision on one revision as it was sent; never edited. At most one that was not withdrawn.

    A revision that comes back to be mended takes the next number, so the number says which words were read.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index(
            "uq_decisions_standing",
            "revision_id",
            "number",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
        CheckConstraint("verdict <> 'reject' OR note <> ''", name="rejection_has_a_note"),
    )

    id: Mapped[BigKey]
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    number: Mapped[int]  # of the revision, as the officer saw it
    officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    verdict: Mapped[Verdict]
    note: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
    effective_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    revision: Mapped[ProductRevision] = relationship()
    officer: Mapped[User] = relationship()
