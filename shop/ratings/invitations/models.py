"""Which orders were asked about, and who does not want to be asked."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Model


class RatingInvitation(Model):
    """The buyer of this order was asked to rate it, or it was found that nobody may be asked; done once."""

    __tablename__ = "rating_invitations"

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True, autoincrement=False)
    asked: Mapped[bool]
    at: Mapped[datetime] = mapped_column(default=clock.now)


class RatingSilence(Model):
    """An address that does not want to be asked: the keyed digest of a mail address, never the address."""

    __tablename__ = "rating_silences"

    digest: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(default=clock.now)
