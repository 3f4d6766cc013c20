"""Certificates and the kept decisions on them. What a certificate says never changes; another photo is another row."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.certificates.kinds import KINDS, CertificateKind
from cooperatives.certificates.lifecycle import CertificateState
from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.days import today
from shop.core.db import BigKey, Model


class CertificateVerdict(StrEnum):
    """What an officer may decide; GOODS: which goods a verified one also stands for."""

    VERIFY = "verify"
    RETURN = "return"
    WITHDRAW = "withdraw"
    GOODS = "goods"


class Certificate(Model):
    """One paper as its seller typed and photographed it. Triggers hold its facts and its way to verified."""

    __tablename__ = "certificates"
    __table_args__ = (
        CheckConstraint("expires_on >= issued_on", name="ends_after_it_begins"),
        CheckConstraint("grade BETWEEN 1 AND 5", name="stars"),
        CheckConstraint("replaces_id <> id", name="replaces_another"),
        Index("ix_certificates_cooperative_id", "cooperative_id", "state"),
        Index("ix_certificates_state", "state", "expires_on"),
        Index("ix_certificates_number", "number"),
        Index("ix_certificates_digest", "digest"),
        Index(
            "uq_certificates_open_renewal",
            "replaces_id",
            unique=True,
            sqlite_where=text("state IN ('submitted', 'returned')"),
            postgresql_where=text("state IN ('submitted', 'returned')"),
        ),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[str]  # one of certificates/data/kinds.json
    grade: Mapped[int | None]  # stars, of kinds that have them
    number: Mapped[str] = mapped_column(default="")
    issuer: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")  # what it covers, in the words of the paper
    whole_seller: Mapped[bool]  # stands for all goods of the seller
    issued_on: Mapped[date]
    expires_on: Mapped[date | None]  # the last day it holds, by the calendar of Việt Nam
    digest: Mapped[str]  # hex SHA-256 of the photo as it is kept
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("certificates.id"))
    state: Mapped[CertificateState] = mapped_column(default=CertificateState.SUBMITTED)
    told_days: Mapped[int | None]  # 60, 30 or 7: the last word about its end was so many days before
    cleared_at: Mapped[datetime | None]  # the files of one that never counted are gone since

    cooperative: Mapped[Cooperative] = relationship()
    decisions: Mapped[list["CertificateDecision"]] = relationship(
        back_populates="certificate", order_by="CertificateDecision.id"
    )

    @property
    def known(self) -> CertificateKind:
        """Return what its kind is known for."""
        return KINDS[self.kind]

    @property
    def title(self) -> str:
        """Return its badge, or its kind where it has none, in the reader's language."""
        return self.known.badge(self.grade) or self.known.name

    @property
    def days_left(self) -> int | None:
        """Return how many days it still holds after today; below 0 once it has ended, None where it never does."""
        return None if self.expires_on is None else (self.expires_on - today()).days

    @property
    def is_over(self) -> bool:
        """Say whether its last day is past."""
        return self.expires_on is not None and self.expires_on < today()


class CertificateDecision(Model):
    """One officer's decision on one certificate; never edited. `field` is where something is wrong."""

    __tablename__ = "certificate_decisions"
    __table_args__ = (
        CheckConstraint("verdict NOT IN ('return', 'withdraw') OR note <> ''", name="refusal_has_a_note"),
        UniqueConstraint("id", "certificate_id"),
        Index("ix_certificate_decisions_certificate_id", "certificate_id"),
        Index(
            "uq_certificate_decisions_once",
            "certificate_id",
            unique=True,
            sqlite_where=text("verdict IN ('verify', 'return')"),
            postgresql_where=text("verdict IN ('verify', 'return')"),
        ),
    )

    id: Mapped[BigKey]
    certificate_id: Mapped[int] = mapped_column(ForeignKey("certificates.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    verdict: Mapped[CertificateVerdict]
    field: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    decided_at: Mapped[datetime] = mapped_column(default=clock.now)

    certificate: Mapped[Certificate] = relationship(back_populates="decisions")
    officer: Mapped[User] = relationship()


def in_force(day: Any = None) -> ColumnElement[bool]:
    """Say of a Certificate whether it is verified and has not ended, today or on another day (or its bound parameter).

    The one rule behind every badge: the last day still counts, the day after nothing is left of it.
    """
    lasts = Certificate.expires_on.is_(None) | (Certificate.expires_on >= (today() if day is None else day))
    return (Certificate.state == CertificateState.VERIFIED) & lasts


def ending(days: int) -> ColumnElement[bool]:
    """Say of a Certificate whether it is verified and its last day is at most so many days away."""
    verified = Certificate.state == CertificateState.VERIFIED
    return verified & (Certificate.expires_on >= today()) & (Certificate.expires_on <= today() + timedelta(days=days))
