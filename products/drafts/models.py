"""What phones sent of a draft, kept also where another phone's words won."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class DraftSave(Model):
    """One parcel of fields from one page; the same parcel sent again is this row again."""

    __tablename__ = "draft_saves"
    __table_args__ = (
        UniqueConstraint("product_id", "digest"),
        Index("ix_draft_saves_product_id_revision_number", "product_id", "revision_number"),
    )

    id: Mapped[BigKey]
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    revision_number: Mapped[int]
    page: Mapped[str]  # the key of the page or phone that sent it
    digest: Mapped[str]  # hex SHA-256 of page and fields
    fields: Mapped[dict[str, Any]]  # {"name": {"v": what was typed, "n": counter}, …}
    lost: Mapped[list[str]]  # those of them that a newer value of another page stood against
    actor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
