"""Which of the changes that are alike must be opened one by one, drawn once and kept."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from products.models import ProductRevision
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import Model


class BulkDraw(Model):
    """What the lot said about one revision under one number; it is drawn once, so nobody draws until it suits."""

    __tablename__ = "bulk_draws"
    __table_args__ = (Index("ix_bulk_draws_kind", "kind", "sampled"),)

    revision_id: Mapped[int] = mapped_column(ForeignKey(ProductRevision.id), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]  # the fields that change: "season.story"
    sampled: Mapped[bool]  # to be opened by itself
    drawn_at: Mapped[datetime] = mapped_column(default=clock.now)
    drawn_for_id: Mapped[int] = mapped_column(ForeignKey(User.id))
