"""The first yes to goods that need two; which of them wait for the second; which kinds need two."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from products.models import ProductRevision
from products.queue.models import WaitingRevision
from products.review.models import Decision
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model

STANDS = text("withdrawn_at IS NULL")


class FirstLook(Model):
    """One officer's yes to goods that need two, for the number he read; at most one stands, its words never change.

    The officer takes it back himself, or the market does where he came to belong to the seller meanwhile. A revision
    that comes again has another number, and nobody has looked at that one.
    """

    __tablename__ = "first_looks"
    __table_args__ = (
        Index(
            "uq_first_looks_standing",
            "revision_id",
            "number",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
        CheckConstraint("withdrawn_at >= said_at", name="withdrawn_afterwards"),
        CheckConstraint("withdrawn_by_id IS NULL OR withdrawn_at IS NOT NULL", name="withdrawn_when"),
        CheckConstraint("withdrawn_by_id = officer_id", name="taken_back_by_its_officer"),
    )

    id: Mapped[BigKey]
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    number: Mapped[int]  # of the revision, as the officer saw it
    officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    said_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: the market itself

    revision: Mapped[ProductRevision] = relationship()
    officer: Mapped[User] = relationship(foreign_keys=[officer_id])


class WaitingLook(Model):
    """A first yes that waits for the second: as few rows as goods that wait for it; written by triggers alone."""

    __tablename__ = "waiting_looks"

    revision_id: Mapped[int] = mapped_column(
        ForeignKey(WaitingRevision.revision_id, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    number: Mapped[int]
    officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))


class SecondKind(Model):
    """A kind of goods that two officers approve, as the database's own guard reads it; `kinds.load` writes it."""

    __tablename__ = "second_kinds"
    __table_args__ = (CheckConstraint("what IN ('category', 'ship_class')", name="what_it_names"),)

    what: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(default=clock.now)  # what was approved before needed one


# Whoever writes whole tables, as the demo does, writes the first yes before the decision that asks for it.
cast("Any", Decision.__table__).add_is_dependent_on(FirstLook.__table__)
