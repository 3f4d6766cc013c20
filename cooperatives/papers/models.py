"""Papers: one photo each, the answer of an officer, and what came before."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from cooperatives.papers.lifecycle import PaperState
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class Paper(Model):
    """A seller's paper of one kind. Another photo is another row; the one before is marked removed.

    The file is named by the SHA-256 of its bytes, so that a certificate made from a paper can name the same file.
    """

    __tablename__ = "papers"
    __table_args__ = (
        CheckConstraint("(state = 'absent') = (digest IS NULL)", name="absent_without_a_photo"),
        CheckConstraint("state <> 'returned' OR note <> ''", name="return_has_a_note"),
        Index(
            "uq_papers_current",
            "cooperative_id",
            "kind",
            unique=True,
            sqlite_where=text("removed_at IS NULL"),
            postgresql_where=text("removed_at IS NULL"),
        ),
        Index("ix_papers_digest", "digest"),
        Index("ix_papers_removed_at", "removed_at"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[str]  # one of papers/data/kinds.json
    state: Mapped[PaperState]
    digest: Mapped[str | None]  # hex SHA-256 of the photo as it is kept
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    note: Mapped[str] = mapped_column(default="")  # why it came back, as the seller reads it
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    cleared_at: Mapped[datetime | None]  # the file of a removed paper is gone since

    cooperative: Mapped[Cooperative] = relationship()
