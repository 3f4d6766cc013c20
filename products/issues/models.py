"""The one structured issue: what is wrong, where, said by whom, in which words, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from products.fields import LABELS
from products.issues.rules import OTHER, RULES, WHOLE
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model
from shop.core.i18n import current_language


class Source(StrEnum):
    """Who found it."""

    OFFICER = "officer"
    CHECK = "check"
    CHANNEL = "channel"


class Outcome(StrEnum):
    """How an issue was closed."""

    MENDED = "mended"  # a machine looked again: it is gone
    CHANGED = "changed"  # the seller changed the field; whoever asked looks again
    SENT = "sent"  # the seller sent it again as it was
    SETTLED = "settled"  # an officer approved, or the channel took it


class RevisionIssue(Model):
    """Something to mend in a revision, tied to the field of the form that mends it."""

    __tablename__ = "revision_issues"
    __table_args__ = (
        Index("ix_revision_issues_revision_id_resolved_at", "revision_id", "resolved_at"),
        CheckConstraint("outcome = '' OR resolved_at IS NOT NULL", name="outcome_of_what_is_closed"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    source: Mapped[Source]
    field: Mapped[str]  # name of the field in the product form; "": the goods as a whole
    rule: Mapped[str]  # one of products.issues.rules
    params: Mapped[dict[str, Any]] = mapped_column(default=dict)
    note: Mapped[str] = mapped_column(default="")  # in the person's own words
    lang: Mapped[str] = mapped_column(default="vi")  # language of the note
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    resolved_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="", server_default="")  # an Outcome; "": open, or from before

    @property
    def label(self) -> Any:
        """The field's name as the form shows it."""
        return LABELS.get(self.field, WHOLE)

    @property
    def sentence(self) -> str:
        """The rule in the reader's language, or the person's own words where no rule fits."""
        if self.rule == OTHER:
            return self.note
        text = str(RULES[self.rule].sentence)
        return text % self.params if self.params else text

    @property
    def words(self) -> str:
        """What the reader reads first: the person's own words where they are in his language, else the sentence."""
        return self.note if self.note and self.lang == current_language() else self.sentence

    @property
    def why(self) -> str:
        """The longer explanation of the rule, or ''."""
        return str(RULES[self.rule].why)

    @property
    def example(self) -> str:
        """The name of a drawing that shows what is meant, or ''."""
        return RULES[self.rule].example

    @property
    def place(self) -> str:
        """The name of the channel that did not take it, or ''."""
        return str(self.params.get("place", ""))

    @property
    def anchor(self) -> str:
        """The end of an address that leads to the field on the form."""
        return f"#{self.field or 'main'}"
