"""The one structured issue: what is wrong, where, said by whom, in which words."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class Source(StrEnum):
    """Who found it."""

    OFFICER = "officer"
    CHECK = "check"
    CHANNEL = "channel"


class RevisionIssue(Model):
    """Something to mend in a revision, tied to the field of the form that mends it."""

    __tablename__ = "revision_issues"
    __table_args__ = (Index("ix_revision_issues_revision_id_resolved_at", "revision_id", "resolved_at"),)

    id: Mapped[BigKey]
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    source: Mapped[Source]
    field: Mapped[str]  # name of the field in the product form
    rule: Mapped[str]  # one of products.issues.rules
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(default="")  # in the person's own words
    lang: Mapped[str] = mapped_column(default="vi")  # language of the note
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    resolved_at: Mapped[datetime | None]
