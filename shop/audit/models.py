"""Audit rows, chained per subject, and the personal values that may be erased."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class AuditEntry(Model):
    """One change: who did what to which subject. Triggers refuse UPDATE and DELETE."""

    __tablename__ = "audit_entries"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "number"),
        Index("ix_audit_entries_at", "at"),
        Index(
            "ix_audit_entries_on_behalf_of_id",
            "on_behalf_of_id",
            sqlite_where=text("on_behalf_of_id IS NOT NULL"),
            postgresql_where=text("on_behalf_of_id IS NOT NULL"),
        ),
    )

    id: Mapped[BigKey]
    subject_kind: Mapped[str]  # table name of the subject
    subject_id: Mapped[int]
    number: Mapped[int]  # 1, 2, 3 … within the subject
    action: Mapped[str]  # verb of the field: submitted, approved, price_changed …
    actor_id: Mapped[int | None]  # users.id; None: the system itself
    on_behalf_of_id: Mapped[int | None]  # the person helped, when a helper acted
    facts: Mapped[dict[str, Any]]  # ids, field names, non-personal values
    personal_digest: Mapped[
        str | None
    ]  # HMAC of the side row, so that its erasure is visible and its change is not possible
    previous: Mapped[str]  # digest of the row before, "" for the first
    digest: Mapped[str]  # SHA-256 over this row's content and `previous`
    at: Mapped[datetime] = mapped_column(default=clock.now)


class AuditPersonal(Model):
    """Personal before and after values of one audit row; may be erased, never changed."""

    __tablename__ = "audit_personal"

    entry_id: Mapped[int] = mapped_column(ForeignKey("audit_entries.id"), primary_key=True)
    values: Mapped[dict[str, Any]]


class AuditHead(Model):
    """The hourly digest over the newest row of every chain."""

    __tablename__ = "audit_heads"

    id: Mapped[BigKey]
    newest_entry_id: Mapped[int]
    digest: Mapped[str]
    at: Mapped[datetime] = mapped_column(default=clock.now)
