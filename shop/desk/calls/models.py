"""Which unanswered orders were told again or called about, and what each call brought."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model
from shop.orders.models import Order


class Step(StrEnum):
    """What is done about silence."""

    REPEAT = "repeat"  # the sellers are told once more
    CALL = "call"  # somebody nearby calls them


class CallResult(StrEnum):
    """What a call brought."""

    PROMISED = "promised"  # they answer the order themselves, now
    NO_ANSWER = "no_answer"
    CANNOT = "cannot"  # they cannot send it and cancel it themselves
    WRONG_NUMBER = "wrong_number"


class OrderReminder(Model):
    """One step against silence about one order; each is done once."""

    __tablename__ = "order_reminders"
    __table_args__ = (UniqueConstraint("order_id", "step"),)

    id: Mapped[BigKey]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    step: Mapped[Step]
    at: Mapped[datetime] = mapped_column(default=clock.now)

    order: Mapped[Order] = relationship()


class OrderCall(Model):
    """Somebody called the seller of an order; never edited."""

    __tablename__ = "order_calls"
    __table_args__ = (Index("ix_order_calls_order_id", "order_id"),)

    id: Mapped[BigKey]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    caller_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    result: Mapped[CallResult]
    note: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime] = mapped_column(default=clock.now)

    caller: Mapped[User] = relationship()
