"""What stands beside each product's page, as the last night counted it."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Model

MOST = 8  # kept for each product; a page shows four, so that some may have left the shelf since


class Relation(StrEnum):
    """Why goods stand beside others."""

    TOGETHER = "together"  # several buyers received both
    SIMILAR = "similar"  # of the same kind, of another seller


class RelatedGoods(Model):
    """One product beside another, the nearest first; no number of buyers, no buyer."""

    __tablename__ = "related_goods"
    __table_args__ = (
        CheckConstraint("product_id <> other_id", name="not_itself"),
        CheckConstraint(f"position BETWEEN 1 AND {MOST}", name="few"),
        UniqueConstraint("product_id", "relation", "other_id"),
    )

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    relation: Mapped[Relation] = mapped_column(primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("products.id"))


class RelatedRun(Model):
    """One night on which it was counted: the local day, and how many products changed what stands beside them."""

    __tablename__ = "related_runs"
    __table_args__ = (CheckConstraint("changed >= 0", name="counts_upwards"),)

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    begun_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]
    changed: Mapped[int] = mapped_column(default=0)
