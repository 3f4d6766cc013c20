"""Consents: who may act for whom, in what, until when; and the requests that wait for a household's answer."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, and_, select, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from cooperatives.teams.models import TeamMember
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model


class Scope(StrEnum):
    """What a household may ask a helper to do; bank account, members, leaving and money are in none of them."""

    GOODS = "goods"
    ORDERS = "orders"
    REPLIES = "replies"


class Way(StrEnum):
    """How a household said yes."""

    CODE = "code"
    RECORDING = "recording"


class EndReason(StrEnum):
    """Why a consent ended before its day."""

    HOUSEHOLD = "household"
    HELPER = "helper"
    RENEWED = "renewed"


class _Asked:
    """What is asked for and what is agreed to are the same things."""

    goods: Mapped[bool]
    orders: Mapped[bool]
    replies: Mapped[bool]

    @property
    def scopes(self) -> list[Scope]:
        """The parts of the work that are named."""
        return [scope for scope in Scope if getattr(self, scope.value)]


ASKS_SOMETHING = "goods OR orders OR replies"


class ConsentRequest(_Asked, Model):
    """A helper asked; a code went to the household's own phone and is typed once, by whichever of the two."""

    __tablename__ = "consent_requests"
    __table_args__ = (
        CheckConstraint(ASKS_SOMETHING, name="asks_something"),
        CheckConstraint("helper_id <> asked_of_id", name="asks_another"),
        Index("ix_consent_requests_cooperative_id", "cooperative_id"),
        Index("ix_consent_requests_helper_id", "helper_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_of_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # the manager whose phone got the code
    months: Mapped[int]
    digest: Mapped[str]  # HMAC of the code under the secret key
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    cooperative: Mapped[Cooperative] = relationship()
    helper: Mapped[User] = relationship(foreign_keys=helper_id)
    asked_of: Mapped[User] = relationship(foreign_keys=asked_of_id)


class Consent(_Asked, Model):
    """A household's yes to one helper; it is ended, never changed or deleted (triggers hold it)."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint(ASKS_SOMETHING, name="agrees_to_something"),
        CheckConstraint("helper_id <> given_by_id", name="given_by_another"),
        CheckConstraint("valid_until > agreed_at", name="ends_after_start"),
        CheckConstraint("(way = 'recording') = (voice_digest IS NOT NULL)", name="spoken_is_kept"),
        CheckConstraint(
            "(voice_digest IS NULL) = (voice_seconds IS NULL) AND (voice_digest IS NULL) = (spoken_by IS NULL) AND "
            "(voice_digest IS NULL) = (spoken_version IS NULL) AND (voice_digest IS NULL) = (spoken_language IS NULL)",
            name="spoken_is_whole",
        ),
        CheckConstraint("(ended_at IS NULL) = (end_reason IS NULL)", name="ends_for_a_reason"),
        CheckConstraint("(ended_at IS NULL) = (ended_by_id IS NULL)", name="ended_by_somebody"),
        Index(
            "uq_consents_standing",
            "cooperative_id",
            "helper_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_consents_helper_id_given_by_id", "helper_id", "given_by_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    helper_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    given_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    way: Mapped[Way]
    agreed_at: Mapped[datetime] = mapped_column(default=clock.now)
    valid_until: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    end_reason: Mapped[EndReason | None]
    voice_digest: Mapped[str | None]  # hex SHA-256 of the recording; these five where it was spoken
    voice_seconds: Mapped[int | None]
    spoken_by: Mapped[str | None]  # the name of who spoke
    spoken_version: Mapped[int | None]  # which sentence: cooperatives.households.sentences
    spoken_language: Mapped[str | None]

    cooperative: Mapped[Cooperative] = relationship()
    helper: Mapped[User] = relationship(foreign_keys=helper_id)
    given_by: Mapped[User] = relationship(foreign_keys=given_by_id)

    @classmethod
    def stands(cls) -> ColumnElement[bool]:
        """The condition under which a consent counts now: not ended, not over, its helper still in a team."""
        in_a_team = select(TeamMember.id).where(TeamMember.user_id == cls.helper_id, TeamMember.valid_to.is_(None))
        stands: Any = and_(cls.ended_at.is_(None), cls.valid_until > clock.now(), in_a_team.exists())
        return stands

    @property
    def is_over(self) -> bool:
        """True once it was ended or its day has come."""
        return self.ended_at is not None or self.valid_until <= clock.now()
