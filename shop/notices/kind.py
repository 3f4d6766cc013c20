"""What every kind of news says of itself: its words, its group, and how far it travels."""

from enum import StrEnum
from typing import Any, NamedTuple


class Group(StrEnum):
    """What a person settles together: by which ways news of this sort comes."""

    ORDERS = "orders"
    REVIEW = "review"
    MONEY = "money"  # money and safety: never switched off wholly
    NEWS = "news"


class Kind(NamedTuple):
    """The words of one kind; `%(name)s` places are filled from the notice's params."""

    subject: Any
    body: Any
    sms: bool = False  # worth what a text costs
    mail: bool = True  # worth a mail of its own; else it goes into the daily one
    group: Group = Group.REVIEW
    urgent: bool = False  # safety: by every way at once, at night too
