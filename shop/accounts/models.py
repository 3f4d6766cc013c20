"""People, the names they sign in with, their sessions and their staff roles."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core import clock
from shop.core.codes import public_code
from shop.core.days import day_of
from shop.core.db import BigKey, Model, Versioned


class Role(StrEnum):
    """The one list of roles."""

    VISITOR = "visitor"
    BUYER = "buyer"
    MEMBER = "member"
    MANAGER = "manager"
    HELPER = "helper"
    OFFICER = "officer"
    ADMIN = "admin"


WITH_FACTOR = frozenset({Role.OFFICER, Role.ADMIN})  # they open nothing without a second factor


class LoginKind(StrEnum):
    """What a login name is."""

    PHONE = "phone"
    EMAIL = "email"


class CodePurpose(StrEnum):
    """What a one-time code proves."""

    SIGN_IN = "sign_in"
    RESET = "reset"
    PHONE_CHANGE = "phone_change"
    FIRST_ADMIN = "first_admin"
    CONFIRM = "confirm"
    EMAIL_CHANGE = "email_change"


class KeyMode(StrEnum):
    """How single keys work, so that nobody decides by an accident (WCAG 2.1.4, Character Key Shortcuts)."""

    PLAIN = "plain"
    ALT = "alt"
    OFF = "off"


class User(Versioned, Model):
    """A person. Contact phone and e-mail are not unique; login names are."""

    __tablename__ = "users"

    id: Mapped[BigKey]
    name: Mapped[str]
    language: Mapped[str] = mapped_column(default="vi")
    phone: Mapped[str | None]  # E.164, to reach the person
    email: Mapped[str | None]
    password_hash: Mapped[str | None]  # argon2id; None: signs in by code
    demo: Mapped[bool] = mapped_column(default=False)
    key_mode: Mapped[KeyMode] = mapped_column(default=KeyMode.PLAIN, server_default=KeyMode.PLAIN.value)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    disabled_at: Mapped[datetime | None]

    login_names: Mapped[list["LoginName"]] = relationship(back_populates="user")

    # The four members Flask-Login asks for.
    @property
    def is_active(self) -> bool:
        """False once the account is disabled."""
        return self.disabled_at is None

    @property
    def is_authenticated(self) -> bool:
        """True: a row of this table is a person."""
        return True

    @property
    def is_anonymous(self) -> bool:
        """False: a visitor has no row."""
        return False

    def get_id(self) -> str:
        """Return the key as text; it stays on the server, the cookie holds a session id."""
        return str(self.id)


class LoginName(Model):
    """What a person types to sign in: a phone (perhaps numbered: +84912345678-2) or an e-mail, folded."""

    __tablename__ = "login_names"
    __table_args__ = (UniqueConstraint("kind", "value"),)

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    kind: Mapped[LoginKind]
    value: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    user: Mapped[User] = relationship(back_populates="login_names")


class OneTimeCode(Model):
    """A code or link that proves an address once."""

    __tablename__ = "one_time_codes"

    id: Mapped[BigKey]
    purpose: Mapped[CodePurpose]
    address: Mapped[str] = mapped_column(index=True)  # E.164 phone or folded e-mail
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    digest: Mapped[str]  # HMAC of the code under the secret key
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class UserSession(Model):
    """One signed-in browser; the cookie holds a random id, this row its digest."""

    __tablename__ = "user_sessions"

    id: Mapped[BigKey]
    token_digest: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    form_token: Mapped[str]  # the anti-forgery token of signed-in forms
    shared_device: Mapped[bool] = mapped_column(default=False)
    agent: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")  # network address at sign-in
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    confirmed_at: Mapped[datetime] = mapped_column(default=clock.now)  # last proof of identity
    asks_factor: Mapped[bool] = mapped_column(default=False)  # the person has a code app: nothing opens before its code
    second_factor_at: Mapped[datetime | None]  # last proof by a second factor
    idle_seconds: Mapped[int]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consents.id"))  # whom a helper helps just now

    user: Mapped[User] = relationship()


class RoleGrant(Model):
    """A staff role for a time: helper, officer or admin."""

    __tablename__ = "role_grants"
    __table_args__ = (
        CheckConstraint("role IN ('helper', 'officer', 'admin')", name="staff_only"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_start"),
        Index("ix_role_grants_user_id_role", "user_id", "role"),
    )

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    role: Mapped[Role]
    valid_from: Mapped[datetime] = mapped_column(default=clock.now)
    valid_to: Mapped[datetime | None]
    granted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))


class OfficerCommune(Model):
    """A commune an officer answers for, from one moment to another."""

    __tablename__ = "officer_communes"
    __table_args__ = (
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="ends_after_start"),
        Index("ix_officer_communes_user_id", "user_id"),
    )

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    valid_from: Mapped[datetime] = mapped_column(default=clock.now)
    valid_to: Mapped[datetime | None]


class OfficerAbsence(Model):
    """Days on which an officer is away and another stands in: sees, decides and is told. Begins and ends by itself."""

    __tablename__ = "officer_absences"
    __table_args__ = (
        CheckConstraint("valid_to > valid_from", name="ends_after_start"),
        CheckConstraint("stand_in_id <> user_id", name="somebody_else"),
        Index("ix_officer_absences_user_id", "user_id"),
        Index("ix_officer_absences_stand_in_id", "stand_in_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    stand_in_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    valid_from: Mapped[datetime]
    valid_to: Mapped[datetime]
    entered_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]  # before its time, or called off

    officer: Mapped[User] = relationship(foreign_keys=[user_id])
    stand_in: Mapped[User] = relationship(foreign_keys=[stand_in_id])

    @property
    def first_day(self) -> date:
        """The first local day away."""
        return day_of(self.valid_from)

    @property
    def last_day(self) -> date:
        """The last local day away."""
        return day_of(self.valid_to - timedelta(seconds=1))


class Throttle(Model):
    """How often a key was used in a window; one guarded upsert counts (reliability: exact limits)."""

    __tablename__ = "throttles"

    key: Mapped[str] = mapped_column(primary_key=True)  # action:address
    window_start: Mapped[datetime]
    count: Mapped[int]
