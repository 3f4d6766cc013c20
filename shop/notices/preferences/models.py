"""What one person chose; who has no row has the choice that suits the role."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import Model
from shop.notices.kinds import Group

EVENING, MORNING = 21, 6  # quiet between these hours unless the person says otherwise


class Way(StrEnum):
    """How a notice leaves the house; inside the app it stands always."""

    PUSH = "push"
    MAIL = "mail"
    ZALO = "zalo"
    SMS = "sms"


class NoticePreference(Model):
    """One row a person: for each group the ways, as words with commas between; hours of the local clock."""

    __tablename__ = "notice_preferences"
    __table_args__ = (
        CheckConstraint("money <> ''", name="money_comes_by_some_way"),
        CheckConstraint("quiet_from BETWEEN 0 AND 23 AND quiet_to BETWEEN 0 AND 23", name="hours_of_a_day"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True, autoincrement=False)
    orders: Mapped[str]
    review: Mapped[str]
    money: Mapped[str]
    news: Mapped[str]
    quiet_from: Mapped[int] = mapped_column(default=EVENING)
    quiet_to: Mapped[int] = mapped_column(default=MORNING)  # the same hour twice: never quiet
    daily: Mapped[bool] = mapped_column(default=False)  # review and news once a day, together
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)

    def ways(self, group: Group) -> list[Way]:
        """Return the ways chosen for a group."""
        return [Way(word) for word in str(getattr(self, group.value)).split(",") if word]
