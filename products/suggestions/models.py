"""Kept proposals of officers, each for one field."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from products.models import ProductRevision
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class Answer(StrEnum):
    """What the seller said."""

    TAKEN = "taken"
    DECLINED = "declined"


class Suggestion(Model):
    """Another value that an officer proposes for a field of what was sent; it changes nothing by itself."""

    __tablename__ = "suggestions"
    __table_args__ = (
        Index(
            "uq_suggestions_open",
            "revision_id",
            "field",
            unique=True,
            sqlite_where=text("answer IS NULL"),
            postgresql_where=text("answer IS NULL"),
        ),
        CheckConstraint("old <> new", name="proposes_something"),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_once"),
        CheckConstraint("answer IS NULL OR answered_by_id IS NOT NULL", name="answered_by_somebody"),
        CheckConstraint("answer <> 'declined' OR words <> ''", name="declined_in_words"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    number: Mapped[int]  # of the revision, as the officer read it
    officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    field: Mapped[str]  # of the product form
    old: Mapped[str]  # as products.written has it
    new: Mapped[str]
    note: Mapped[str] = mapped_column(default="")  # why, in the officer's words
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    answer: Mapped[Answer | None]
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    words: Mapped[str] = mapped_column(default="")  # why not, in the seller's words

    revision: Mapped[ProductRevision] = relationship()
    officer: Mapped[User] = relationship(foreign_keys=[officer_id])
