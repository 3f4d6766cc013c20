"""The messages of an order, kept as they were written, and how far each side has read."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model
from shop.orders.models import Order

LONGEST = 1000  # characters of one message


class Side(StrEnum):
    """Who writes: whoever has the link of the purchase, or the seller's people."""

    BUYER = "buyer"
    SELLER = "seller"

    @property
    def other(self) -> "Side":
        """Return the side that reads what this one writes."""
        return Side.SELLER if self is Side.BUYER else Side.BUYER


class OrderTalk(Model):
    """How far each side has written and read, by the ids of messages; there from the first message on."""

    __tablename__ = "order_talks"
    __table_args__ = (
        CheckConstraint("buyer_seen_id <= seller_wrote_id", name="buyer_saw_what_was_written"),
        CheckConstraint("seller_seen_id <= buyer_wrote_id", name="seller_saw_what_was_written"),
        # What sellers have not read: few rows, looked for on every first page of a member.
        Index(
            "ix_order_talks_unread",
            "order_id",
            postgresql_where=text("buyer_wrote_id > seller_seen_id"),
            sqlite_where=text("buyer_wrote_id > seller_seen_id"),
        ),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    buyer_wrote_id: Mapped[int] = mapped_column(default=0)
    seller_wrote_id: Mapped[int] = mapped_column(default=0)
    buyer_seen_id: Mapped[int] = mapped_column(default=0)
    seller_seen_id: Mapped[int] = mapped_column(default=0)
    buyer_seen_at: Mapped[datetime | None]
    seller_seen_at: Mapped[datetime | None]


class OrderMessage(Model):
    """What one side wrote; never edited, and deleted only with the whole talk."""

    __tablename__ = "order_messages"
    __table_args__ = (
        Index("ix_order_messages_order_id_id", "order_id", "id"),
        UniqueConstraint("order_id", "press"),
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint(f"length(text) <= {LONGEST}", name="short_enough"),
        CheckConstraint("side = 'buyer' OR author_id IS NOT NULL", name="a_seller_has_a_name"),
        CheckConstraint("on_behalf_of_id <> author_id", name="for_another"),
    )

    id: Mapped[BigKey]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    side: Mapped[Side]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # None: whoever has the link
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # for whom a helper wrote it
    text: Mapped[str]
    lang: Mapped[str]  # of the page it was written on
    press: Mapped[str]  # of the form: the same one sent twice is one message
    at: Mapped[datetime] = mapped_column(default=clock.now)

    order: Mapped[Order] = relationship()
    author: Mapped[User | None] = relationship(foreign_keys=author_id)
    on_behalf_of: Mapped[User | None] = relationship(foreign_keys=on_behalf_of_id)
