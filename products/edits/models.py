"""Kept rows of what people wrote into drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class RevisionEdit(Model):
    """What one person wrote into one draft on one page in a few minutes: old and new value of each field."""

    __tablename__ = "revision_edits"
    __table_args__ = (
        Index("ix_revision_edits_product_id_at", "product_id", "at"),
        Index("ix_revision_edits_revision_id", "revision_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    revision_number: Mapped[int]  # of the draft at that time
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    page: Mapped[str] = mapped_column(default="")  # key of the page or phone; '' is never gone on with
    restored_number: Mapped[int | None]  # of the revision whose words were taken again
    changes: Mapped[dict[str, Any]]  # {"name": [value before, value after], …} as products.written has them
    refused: Mapped[dict[str, Any]]  # {"name": value}: came later than something newer, was not written
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
    at: Mapped[datetime] = mapped_column(default=clock.now)
