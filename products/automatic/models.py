"""Approval rules as data, and what the sweep saw of each change that waits."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model

LIMITS = {  # least and most of each condition; the form and the database say the same
    "approvals": (1, 1000),
    "days": (0, 3650),
    "recent": (5, 100),
    "returned_percent": (0, 50),
    "quiet_days": (0, 365),
    "per_day": (1, 100),
}


class ApprovalRule(Model):
    """What a rule approves and for whom; never edited: it is ended, and another one is made (ADR 35)."""

    __tablename__ = "approval_rules"
    __table_args__ = (
        *(CheckConstraint(f"{name} BETWEEN {low} AND {high}", name=name) for name, (low, high) in LIMITS.items()),
        CheckConstraint("name <> ''", name="has_a_name"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="somebody_ends_it"),
        CheckConstraint("ended_at >= made_at", name="ends_after_it_begins"),
        Index(
            "uq_approval_rules_name",
            "name",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    name: Mapped[str]
    fields: Mapped[list[str]]  # of products.lowrisk.FIELDS: a change of these and no other
    communes: Mapped[list[str]]  # codes; empty: everywhere
    approvals: Mapped[int]  # at least so many approvals of the seller by officers that stand
    days: Mapped[int]  # on the market for at least so many
    recent: Mapped[int]  # of so many decisions by officers, the newest
    returned_percent: Mapped[int]  # at most so many of a hundred were sent back or not accepted
    quiet_days: Mapped[int]  # for so many: no talk about the seller's goods, no suspension
    per_day: Mapped[int]  # approvals by rules for one seller in 24 hours
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    made_by: Mapped[User] = relationship(foreign_keys=[made_by_id])


class AutomaticLook(Model):
    """What the sweep saw of one change under one number; once a rule fits, the lot is drawn for good."""

    __tablename__ = "automatic_looks"
    __table_args__ = (
        CheckConstraint("(rule_id IS NULL) = (sampled IS NULL)", name="drawn_for_a_rule"),
        Index("ix_automatic_looks_rule_id", "rule_id", "sampled"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    looked_at: Mapped[datetime]
    rule_id: Mapped[int | None] = mapped_column(ForeignKey("approval_rules.id"))  # None: no rule fits so far
    sampled: Mapped[bool | None]  # True: an officer reads it all the same
