"""Cooperatives, household groups and households; their members, invitations and bank accounts."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.lifecycle import LIFECYCLE, CooperativeState
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import BigKey, Model, Versioned
from shop.places.models import Commune


class Kind(StrEnum):
    """The legal shape of a seller (Cooperative Law 17/2023/QH15; Decree 92/2024)."""

    COOPERATIVE = "cooperative"
    GROUP = "group"
    HOUSEHOLD = "household"


class MemberRole(StrEnum):
    """What a member may do: a manager also handles people and money."""

    MEMBER = "member"
    MANAGER = "manager"


class Cooperative(Versioned, Model):
    """A seller of any kind; the field's word for all three is cooperative."""

    __tablename__ = "cooperatives"
    __table_args__ = (
        # A person's number has twelve digits; what stands in these two columns is shown to buyers.
        CheckConstraint("length(tax_code) IN (10, 14)", name="tax_code_of_an_organisation"),
        CheckConstraint("kind = 'cooperative' OR length(registration_number) <> 12", name="no_citizen_number"),
        Index("ix_cooperatives_state_commune_code", "state", "commune_code"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    slug: Mapped[str]
    name: Mapped[str]
    kind: Mapped[Kind]
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    hamlet: Mapped[str] = mapped_column(default="")
    registration_number: Mapped[str | None]  # certificate of the cooperative or household business
    tax_code: Mapped[str | None]  # 10 digits, or 10, "-" and 3 of a branch; a person's lies in cooperatives.identity
    contact_name: Mapped[str]
    contact_phone: Mapped[str]  # E.164, shown to buyers
    story: Mapped[str] = mapped_column(default="")
    story_en: Mapped[str] = mapped_column(default="")
    story_hi: Mapped[str] = mapped_column(default="")
    photo_digest: Mapped[str | None] = mapped_column(ForeignKey("photos.digest"))
    band: Mapped[str] = mapped_column(default="")  # colours of the woven band, "#8a2b6e #1f6b3a"
    state: Mapped[CooperativeState] = mapped_column(default=CooperativeState.DRAFT)
    demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    submitted_at: Mapped[datetime | None]
    active_since: Mapped[datetime | None]

    commune: Mapped[Commune] = relationship()

    def move(self, action: str) -> None:
        """Change the state by the table of moves; raises Conflict where there is none."""
        self.state = CooperativeState(LIFECYCLE.after(self.state, action))


class Membership(Model):
    """A person's place in a cooperative, from one day to another."""

    __tablename__ = "memberships"
    __table_args__ = (
        Index(
            "uq_memberships_current",
            "cooperative_id",
            "user_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index("ix_memberships_user_id", "user_id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    role: Mapped[MemberRole]
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_at: Mapped[datetime | None]

    cooperative: Mapped[Cooperative] = relationship()
    user: Mapped[User] = relationship()


class Invitation(Model):
    """A phone number asked to join; accepted by whoever proves that number."""

    __tablename__ = "invitations"
    __table_args__ = (
        Index(
            "uq_invitations_open",
            "cooperative_id",
            "phone",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index("ix_invitations_phone", "phone"),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    phone: Mapped[str]  # E.164
    role: Mapped[MemberRole]
    invited_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    closed_at: Mapped[datetime | None]  # accepted, withdrawn or declined

    cooperative: Mapped[Cooperative] = relationship()


class BankAccount(Model):
    """Where transfers go: the cooperative's own account, never ours. A change is a new row (cooperatives.bank)."""

    __tablename__ = "bank_accounts"
    __table_args__ = (
        CheckConstraint("length(bank_bin) = 6", name="bin_has_six_digits"),
        CheckConstraint("approved_by_id <> added_by_id", name="second_person"),
        CheckConstraint("stopped_at IS NULL OR in_force_at IS NULL", name="stopped_never_counts"),
        CheckConstraint("replaced_at IS NULL OR in_force_at IS NOT NULL", name="replaced_once_counted"),
        Index("ix_bank_accounts_cooperative_id", "cooperative_id"),
        Index(
            "uq_bank_accounts_waiting",
            "cooperative_id",
            unique=True,
            sqlite_where=text("in_force_at IS NULL AND stopped_at IS NULL"),
            postgresql_where=text("in_force_at IS NULL AND stopped_at IS NULL"),
        ),
        Index(
            "uq_bank_accounts_in_force",
            "cooperative_id",
            unique=True,
            sqlite_where=text("in_force_at IS NOT NULL AND replaced_at IS NULL"),
            postgresql_where=text("in_force_at IS NOT NULL AND replaced_at IS NULL"),
        ),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(default=public_code, unique=True)
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    bank_bin: Mapped[str]  # NAPAS BIN, six digits
    number: Mapped[str]
    holder: Mapped[str]  # as the bank writes it
    added_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    due_at: Mapped[datetime]  # from when it may count
    approved_at: Mapped[datetime | None]  # by a second person
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    in_force_at: Mapped[datetime | None]
    stopped_at: Mapped[datetime | None]
    stopped_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    replaced_at: Mapped[datetime | None]

    added_by: Mapped[User] = relationship(foreign_keys=[added_by_id])
