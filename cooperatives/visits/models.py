"""Notes of field visits; what was written stays as it was."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class FieldVisit(Model):
    """One visit: who came when and where, what was done, what is needed."""

    __tablename__ = "field_visits"
    __table_args__ = (
        CheckConstraint("(north IS NULL) = (east IS NULL)", name="place_is_whole"),
        CheckConstraint("north BETWEEN -9000 AND 9000 AND east BETWEEN -18000 AND 18000", name="place_is_on_earth"),
        Index("ix_field_visits_cooperative_id_visited_on", "cooperative_id", "visited_on"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    visitor_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    visited_on: Mapped[date]
    place: Mapped[str]  # commune and hamlet as written
    done: Mapped[str]
    needed: Mapped[str] = mapped_column(default="")
    north: Mapped[int | None]  # hundredths of a degree, about a kilometre; only where the visitor tapped for it
    east: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    cooperative: Mapped[Cooperative] = relationship()
    visitor: Mapped[User] = relationship()
    photos: Mapped[list["VisitPhoto"]] = relationship(order_by="VisitPhoto.position")


class VisitPhoto(Model):
    """A photo of a visit: drawn anew, so that nothing of the camera or its place is in it."""

    __tablename__ = "visit_photos"

    visit_id: Mapped[int] = mapped_column(ForeignKey("field_visits.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]  # hex SHA-256 of the kept JPEG
    width: Mapped[int]
    height: Mapped[int]
