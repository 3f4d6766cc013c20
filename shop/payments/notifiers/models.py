"""Which notifier tells of a cooperative's account, and the secret that proves it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model

_NOW = text("ended_at IS NULL")


class NotifierKind(StrEnum):
    """The services whose signatures we check."""

    SEPAY = "sepay"
    CASSO = "casso"
    PAYOS = "payos"


class BankNotifier(Model):
    """One connection, from the day it was made until it was ended; a new secret is a new row."""

    __tablename__ = "bank_notifiers"
    __table_args__ = (
        Index("uq_bank_notifiers_now", "cooperative_id", "kind", unique=True, sqlite_where=_NOW, postgresql_where=_NOW),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)  # stands in the address it calls
    cooperative_id: Mapped[int] = mapped_column(ForeignKey(Cooperative.id))
    kind: Mapped[NotifierKind]
    secret: Mapped[str]  # sealed (shop.core.seal)
    made_by_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    last_told_at: Mapped[datetime | None]  # when something proven came last

    cooperative: Mapped[Cooperative] = relationship()
    made_by: Mapped[User] = relationship()
