"""Phones and SIM cards given or lent; a row is ended, never deleted."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from cooperatives.teams.models import Programme
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class Thing(StrEnum):
    """What was handed over."""

    PHONE = "phone"
    SIM = "sim"


class Terms(StrEnum):
    """Whether it comes back."""

    GIVEN = "given"
    LENT = "lent"


class Handover(Model):
    """One phone or SIM card in a household's hands, from one day to another."""

    __tablename__ = "handovers"
    __table_args__ = (
        CheckConstraint("returned_on IS NULL OR returned_on >= handed_on", name="returned_after_handed"),
        CheckConstraint("returned_on IS NULL OR terms = 'lent'", name="gifts_stay"),
        Index("ix_handovers_cooperative_id", "cooperative_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    programme_id: Mapped[int] = mapped_column(ForeignKey("programmes.id"))
    thing: Mapped[Thing]
    terms: Mapped[Terms]
    handed_on: Mapped[date]
    returned_on: Mapped[date | None]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    cooperative: Mapped[Cooperative] = relationship()
    programme: Mapped[Programme] = relationship()
