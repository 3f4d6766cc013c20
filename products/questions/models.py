"""Kept talks about a revision, and how far each person has read."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from products.models import ProductRevision
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class Audience(StrEnum):
    """Who reads it."""

    OFFICERS = "officers"  # of the commune, and admins; never the seller
    BOTH = "both"  # the seller too


class Talk(Model):
    """A question about a revision and what is answered."""

    __tablename__ = "talks"
    __table_args__ = (Index("ix_talks_product_id", "product_id"),)

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    number: Mapped[int]  # of the revision, when it was asked
    issue_id: Mapped[int | None] = mapped_column(ForeignKey("revision_issues.id"))  # what was not understood
    audience: Mapped[Audience]
    opened_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_id: Mapped[int] = mapped_column(default=0, server_default="0")  # of its newest message

    revision: Mapped[ProductRevision] = relationship()
    messages: Mapped[list["Message"]] = relationship(order_by="Message.id", back_populates="talk")


class Message(Model):
    """What one person said in a talk; never edited."""

    __tablename__ = "talk_messages"
    __table_args__ = (
        Index("ix_talk_messages_talk_id", "talk_id"),
        CheckConstraint("text <> ''", name="says_something"),
        CheckConstraint("on_behalf_of_id <> author_id", name="for_another"),
    )

    id: Mapped[BigKey]
    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id"))
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))  # for whom a helper wrote it
    text: Mapped[str]
    lang: Mapped[str]  # of whoever wrote it
    at: Mapped[datetime] = mapped_column(default=clock.now)

    talk: Mapped[Talk] = relationship(back_populates="messages")
    author: Mapped[User] = relationship(foreign_keys=author_id)
    on_behalf_of: Mapped[User | None] = relationship(foreign_keys=on_behalf_of_id)


class TalkRead(Model):
    """How far one person has read a talk."""

    __tablename__ = "talk_reads"

    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id"), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("talk_messages.id"))
