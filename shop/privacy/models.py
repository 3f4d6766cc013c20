"""Requests about one's own data, consents, and the register of breaches."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model

_OPEN = text("done_at IS NULL AND cancelled_at IS NULL")
_STANDING = text("withdrawn_at IS NULL")


class Ask(StrEnum):
    """What is asked for."""

    EXPORT = "export"
    ERASURE = "erasure"


class PrivacyRequest(Model):
    """One request of one person; the sweep does it when it is due."""

    __tablename__ = "privacy_requests"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR cancelled_at IS NULL", name="done_or_cancelled"),
        Index("uq_privacy_requests_open", "user_id", "ask", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    ask: Mapped[Ask]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime]  # when the sweep does it
    lawful_until: Mapped[datetime]  # by when the law wants it done
    done_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    file_until: Mapped[datetime | None]  # an export's file is there until then


class PurposeConsent(Model):
    """A yes of one person to one purpose, in the words of one version; a withdrawal closes it, nothing deletes it."""

    __tablename__ = "purpose_consents"
    __table_args__ = (
        Index(
            "uq_purpose_consents_standing",
            "user_id",
            "purpose",
            unique=True,
            sqlite_where=_STANDING,
            postgresql_where=_STANDING,
        ),
    )

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    purpose: Mapped[str]  # a key of shop.privacy.purposes.PURPOSES
    version: Mapped[int]  # of the words that were shown
    language: Mapped[str]  # in which they were shown
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]
    withdrawn_how: Mapped[str] = mapped_column(default="")  # page, erasure


class Breach(Model):
    """One breach of personal data: what happened, to whom, what was done, who was told when."""

    __tablename__ = "breaches"

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    found_at: Mapped[datetime] = mapped_column(default=clock.now)
    what: Mapped[str]
    whom: Mapped[str]  # whose data, and how many people
    measures: Mapped[str]
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    reported_at: Mapped[datetime | None]  # to the agency, within 72 hours of found_at (Law 91/2025/QH15, article 23)
    told_at: Mapped[datetime | None]  # the people whose data it is
