"""Kept decisions on revisions."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from products.automatic.models import ApprovalRule
from products.lifecycle import REVISION, RevisionState
from products.models import ProductRevision
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model
from shop.core.i18n import gettext as _

UNDO = timedelta(seconds=10)  # instead of "are you sure?" (ADR 28)
STANDS = text("withdrawn_at IS NULL")
WITHDRAWN = text("withdrawn_at IS NOT NULL")
BY_RULE = text("rule_id IS NOT NULL")
PENDING = text("withdrawn_at IS NULL AND carried_out_at IS NULL")


class Press(NamedTuple):
    """One press of a button: its name, and when all that it decided takes effect (None: after `UNDO`)."""

    name: str
    effective_at: datetime | None = None


class Verdict(StrEnum):
    """What an officer may decide about a revision."""

    APPROVE = "approve"
    RETURN = "return"
    REJECT = "reject"

    @property
    def outcome(self) -> RevisionState:
        """The state it leads to; its word is also the action in the audit."""
        return RevisionState(REVISION.moves[self.value][1])


class Withdrawal(StrEnum):
    """Why a decision never took effect: its officer undid it, or what stood in the way when its time came."""

    UNDONE = "undone"
    TAKEN_BACK = "taken_back"  # the seller has it again, or has sent other words
    SUSPENDED = "suspended"  # the seller is not on the market; what was sent stays pending
    NOT_YOURS = "not_yours"  # another commune now, or one's own cooperative
    FAILED = "failed"  # it could not be carried out
    RULE_ENDED = "rule_ended"  # the admin ended the rule that took it


class Decision(Model):
    """A decision on one revision as it was sent, by an officer or by a rule; never edited. At most one stands.

    A revision that comes back to be mended takes the next number, so the number says which words were read. Until
    `effective_at` nothing moves and nobody is told; then it is carried out, or withdrawn, once and for good.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index(
            "uq_decisions_standing", "revision_id", "number", unique=True, sqlite_where=STANDS, postgresql_where=STANDS
        ),
        Index(  # once withdrawn, a rule does not take up the same words again
            "uq_decisions_by_rule",
            "revision_id",
            "number",
            unique=True,
            sqlite_where=BY_RULE,
            postgresql_where=BY_RULE,
        ),
        Index("ix_decisions_withdrawn", "revision_id", "number", sqlite_where=WITHDRAWN, postgresql_where=WITHDRAWN),
        Index("ix_decisions_rule_id", "rule_id", "decided_at", sqlite_where=BY_RULE, postgresql_where=BY_RULE),
        Index("uq_decisions_press", "press", "revision_id", "number", unique=True),
        Index("ix_decisions_pending", "effective_at", sqlite_where=PENDING, postgresql_where=PENDING),
        CheckConstraint("verdict <> 'reject' OR note <> ''", name="rejection_has_a_note"),
        CheckConstraint("effective_at >= decided_at", name="takes_effect_afterwards"),
        CheckConstraint("carried_out_at >= effective_at", name="carried_out_when_due"),
        CheckConstraint("withdrawn_at IS NULL OR carried_out_at IS NULL", name="withdrawn_has_no_effect"),
        CheckConstraint("(withdrawn_at IS NULL) = (withdrawn_why IS NULL)", name="withdrawal_has_a_reason"),
        CheckConstraint(
            "(coalesce(withdrawn_why, '') = 'undone') = (withdrawn_by_id IS NOT NULL)", name="only_people_undo"
        ),
        CheckConstraint("rule_id IS NOT NULL OR withdrawn_by_id = officer_id", name="undone_by_its_officer"),
        CheckConstraint("(officer_id IS NULL) <> (rule_id IS NULL)", name="by_an_officer_or_a_rule"),
        CheckConstraint("rule_id IS NULL OR verdict = 'approve'", name="rules_only_approve"),
        CheckConstraint("withdrawn_by_id IS NULL OR withdrawn_at < effective_at", name="undone_before_its_effect"),
    )

    id: Mapped[BigKey]
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    number: Mapped[int]  # of the revision, as the officer saw it
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("approval_rules.id"))  # in an officer's place
    verdict: Mapped[Verdict]
    note: Mapped[str] = mapped_column(default="")
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")  # issues to open
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)
    effective_at: Mapped[datetime]
    carried_out_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[Withdrawal | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: the market itself
    press: Mapped[str | None]  # names one press of a button: it decides once on each number, also after an undo

    revision: Mapped[ProductRevision] = relationship()
    officer: Mapped[User | None] = relationship(foreign_keys=[officer_id])
    rule: Mapped[ApprovalRule | None] = relationship()

    @property
    def decider(self) -> str:
        """Who decided, in words: the officer's name, or the rule's."""
        if self.officer is not None:
            return self.officer.name
        return str(_("rule “%(name)s”", name=self.rule.name if self.rule else ""))

    @property
    def pending(self) -> bool:
        """True until it is carried out or withdrawn."""
        return self.carried_out_at is None and self.withdrawn_at is None

    @property
    def may_be_undone(self) -> bool:
        """True in its ten seconds."""
        return self.pending and self.effective_at > clock.now()
