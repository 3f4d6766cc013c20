"""What somebody has told before there is a seller: its place is not known yet."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cooperatives.models import Kind
from shop.core import clock
from shop.core.db import Model


class Beginning(Model):
    """Who a person says to be, kept until the place is told too; then it becomes a cooperative and this row goes."""

    __tablename__ = "beginnings"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    kind: Mapped[Kind]
    name: Mapped[str]
    began_at: Mapped[datetime] = mapped_column(default=clock.now)
