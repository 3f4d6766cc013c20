"""A change of an order between sale and packing, line by line; the order itself stays as it was sold."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.models import Order, OrderLine

OPEN = text("state = 'proposed'")
WEIGHED = text("kind = 'weighed'")


class ChangeKind(StrEnum):
    """Why an order becomes other than it was sold."""

    SHORT = "short"  # fewer packs than ordered
    WEIGHED = "weighed"  # goods weigh other than estimated, within what the buyer accepted: settled when it is made


class Change(Model):
    """One change: proposed by the seller, ended once; `delta` is what it adds to `Order.adjusted`."""

    __tablename__ = "order_changes"
    __table_args__ = (
        UniqueConstraint("order_id", "number"),
        CheckConstraint("(state = 'proposed') = (ended_at IS NULL)", name="ended_when"),
        CheckConstraint("delta <= 0 OR (kind = 'weighed' AND NOT paid)", name="more_only_weighed_in_cash"),
        CheckConstraint("kind <> 'weighed' OR state = 'agreed'", name="weighed_once_and_settled"),
        CheckConstraint("delta = 0 OR state IN ('agreed', 'declined', 'lapsed')", name="settled_by_its_end"),
        CheckConstraint("state <> 'proposed' OR until IS NOT NULL", name="asked_until"),
        Index("uq_order_changes_open", "order_id", unique=True, postgresql_where=OPEN, sqlite_where=OPEN),
        Index("uq_order_changes_weighed", "order_id", unique=True, postgresql_where=WEIGHED, sqlite_where=WEIGHED),
        Index("ix_order_changes_until", "until", postgresql_where=OPEN, sqlite_where=OPEN),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey(Order.id))
    number: Mapped[int]  # 1, 2, … in its order
    kind: Mapped[ChangeKind]
    state: Mapped[ChangeState] = mapped_column(default=ChangeState.PROPOSED)
    delta: Mapped[int] = mapped_column(default=0)  # đồng, below zero: the buyer pays less; above: see the CHECK
    paid: Mapped[bool] = mapped_column(default=False)  # the money was there before: the difference goes back
    note: Mapped[str] = mapped_column(default="")  # the seller's words to the buyer
    gone: Mapped[bool] = mapped_column(default=False)  # what is missing is nowhere: it leaves the stock too
    until: Mapped[datetime | None]  # no answer by then: see ChangeState.LAPSED
    by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_by: Mapped[str] = mapped_column(default="")  # buyer, cooperative, system
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship()
    lines: Mapped[list["ChangeLine"]] = relationship(back_populates="change", order_by="ChangeLine.id")
    by: Mapped[User | None] = relationship(foreign_keys=[by_id])

    @property
    def is_open(self) -> bool:
        """Say whether it waits for the buyer."""
        return self.state is ChangeState.PROPOSED

    @property
    def fewer(self) -> list["ChangeLine"]:
        """The lines of which something is missing."""
        return [line for line in self.lines if not line.is_substitute]

    @property
    def substitutes(self) -> list["ChangeLine"]:
        """What is offered instead; nothing of it is sent without the buyer's yes."""
        return [line for line in self.lines if line.is_substitute]

    def packs_after(self, action: str) -> dict["ChangeLine", int]:
        """Return how many packs of each of its lines are sent after an answer.

        "agree": what there is, with what is offered instead; "without", and "lapse" (nobody answered): what there is;
        "decline": the rest of the order.
        """
        there = {"agree": self.lines, "decline": []}.get(action, self.fewer)
        return {line: line.after if line in there else 0 for line in self.lines}

    @property
    def name(self) -> str:
        """What its refund is known by: short-1."""
        return f"{self.kind.value}-{self.number}"


class ChangeLine(Model):
    """What becomes of one line: fewer whole packs, the same ones as they were weighed, or others in their place."""

    __tablename__ = "order_change_lines"
    __table_args__ = (
        UniqueConstraint("change_id", "line_id"),
        CheckConstraint(
            "before > after OR (before = after AND grams IS NOT NULL) OR (before = 0 AND grams IS NULL)",
            name="fewer_weighed_or_instead",
        ),
        CheckConstraint("before > 0 OR after > 0", name="some_packs"),
        CheckConstraint("after >= 0", name="after_not_negative"),
        CheckConstraint(
            "(grams IS NULL) = (about_grams IS NULL) AND (grams IS NULL) = (within IS NULL) AND "
            "(grams IS NULL) = (worth IS NULL)",
            name="weighed_whole",
        ),
        CheckConstraint("abs(grams - about_grams) * 100 <= within * about_grams", name="within_the_tolerance"),
        CheckConstraint("within IN (5, 10, 15) AND about_grams > 0 AND worth > 0", name="sensible_weight"),
        CheckConstraint("packs BETWEEN 0 AND before OR (before = 0 AND packs = after)", name="settled_within"),
        Index("ix_order_change_lines_line_id", "line_id"),
    )

    id: Mapped[BigKey]
    change_id: Mapped[int] = mapped_column(ForeignKey(Change.id))
    line_id: Mapped[int] = mapped_column(ForeignKey(OrderLine.id))
    before: Mapped[int]  # 0: goods that take the place of others, offered now
    after: Mapped[int]  # what there is
    packs: Mapped[int | None]  # what is sent, when it is settled
    grams: Mapped[int | None]  # of all its packs, by the scales; None: its packs are counted only
    about_grams: Mapped[int | None]  # what they were estimated at together
    within: Mapped[int | None]  # percent, as the buyer accepted it
    worth: Mapped[int | None]  # đồng: what they cost by the scales, but never more than was paid before

    change: Mapped[Change] = relationship(back_populates="lines")
    line: Mapped[OrderLine] = relationship()

    @property
    def is_substitute(self) -> bool:
        """Say whether these goods are offered instead of others."""
        return self.before == 0
