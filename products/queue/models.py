"""What waits for an officer, as narrow as the queue needs it."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from products.models import Product, ProductRevision
from shop.accounts.models import User
from shop.core.days import local
from shop.core.db import Model


def _rare(column: str) -> Index:
    name, yes = f"ix_waiting_revisions_{column}", text(f"{column} = 1")
    return Index(name, "submitted_at", "revision_id", sqlite_where=yes, postgresql_where=text(column))


class WaitingRevision(Model):
    """One revision that waits, with what the views ask of it; written by triggers alone (products.queue.triggers).

    It is there while its revision is sent and no standing decision is on that number, so a decision that has not
    taken effect yet is out of the queue, and one that was taken back is in it again.
    """

    __tablename__ = "waiting_revisions"
    __table_args__ = (
        Index("ix_waiting_revisions_submitted_at", "submitted_at", "revision_id"),
        Index("ix_waiting_revisions_cooperative_id", "cooperative_id"),
        Index("ix_waiting_revisions_commune_code", "commune_code", "sells", "submitted_at"),
        # What is rare among many is found without reading the many.
        _rare("came_back"),
        _rare("new_seller"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey(ProductRevision.id), primary_key=True)
    number: Mapped[int]
    product_id: Mapped[int] = mapped_column(ForeignKey(Product.id), index=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    submitted_at: Mapped[datetime]
    category: Mapped[str]
    ship_class: Mapped[str]
    is_edit: Mapped[bool]  # of goods that buyers see already
    new_seller: Mapped[bool]  # nothing of this seller was ever approved
    came_back: Mapped[bool]  # somebody decided on it before
    sells: Mapped[bool]  # the seller is on the market; what a suspended one has sent waits unseen


class WaitingSum(Model):
    """How many of one seller's goods of one kind wait: the counts of the views cost the same however many wait.

    Written by triggers alone. A row a seller, so that sellers do not wait for each other's sums.
    """

    __tablename__ = "waiting_sums"
    __table_args__ = (
        CheckConstraint("edits BETWEEN 0 AND waiting AND back BETWEEN 0 AND waiting", name="parts_of_the_whole"),
        Index("ix_waiting_sums_commune_code", "commune_code"),
    )

    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"), primary_key=True)
    category: Mapped[str] = mapped_column(primary_key=True)
    ship_class: Mapped[str] = mapped_column(primary_key=True)
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    new_seller: Mapped[bool]
    sells: Mapped[bool]
    waiting: Mapped[int]
    edits: Mapped[int]  # of these, changes of goods that buyers see already
    back: Mapped[int]  # of these, mended and back again


class Claim(Model):
    """Who works on a revision now: a lease, one kept row a revision, taken and renewed by one guarded upsert.

    It ends by itself at `expires_at`, or before by a decision or by letting go (`ended_at`).
    """

    __tablename__ = "claims"
    __table_args__ = (
        CheckConstraint("expires_at > began_at", name="ends_after_start"),
        Index("ix_claims_officer_id", "officer_id", "expires_at"),
    )

    revision_id: Mapped[int] = mapped_column(ForeignKey(ProductRevision.id), primary_key=True, autoincrement=False)
    number: Mapped[int]  # of the revision, as the officer saw it
    officer_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    began_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    officer: Mapped[User] = relationship()

    @property
    def until(self) -> str:
        """When it ends by itself, by the clocks of Việt Nam."""
        return f"{local(self.expires_at):%H:%M}"
