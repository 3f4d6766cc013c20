"""A voucher, the sellers for whom it counts, and how often each person has used it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model
from shop.places.models import Commune
from shop.vouchers.lifecycle import VoucherState

MOST_PERCENT = 50  # Decree 81/2018/ND-CP, article 7


class VoucherKind(StrEnum):
    """What `value` counts."""

    AMOUNT = "amount"  # đồng
    PERCENT = "percent"  # of the goods' price


class Reach(StrEnum):
    """For whose goods it counts."""

    OWN = "own"  # those of the cooperative that issued it
    ALL = "all"  # the province's: every seller's
    COMMUNES = "communes"  # those of sellers in some communes
    SELLERS = "sellers"  # those of some sellers


class Voucher(Model):
    """What takes something off the goods of an order; without a cooperative it is the province's, which pays for it."""

    __tablename__ = "vouchers"
    __table_args__ = (
        CheckConstraint("value > 0", name="value_is_positive"),
        CheckConstraint(f"kind <> 'percent' OR value <= {MOST_PERCENT}", name="at_most_half"),
        CheckConstraint("most IS NULL OR (most > 0 AND kind = 'percent')", name="most_of_a_percentage"),
        CheckConstraint("least_goods >= 0", name="least_not_negative"),
        CheckConstraint("starts_at < ends_at", name="ends_after_it_starts"),
        CheckConstraint("uses >= 0 AND uses <= uses_most", name="uses_within_the_budget"),
        CheckConstraint("person_most > 0 AND person_most <= uses_most", name="person_within_the_budget"),
        CheckConstraint("(reach = 'own') = (cooperative_id IS NOT NULL)", name="own_is_a_cooperatives"),
        CheckConstraint("(state = 'ended') = (ended_at IS NOT NULL)", name="ended_when"),
        CheckConstraint("(ended_by_id IS NULL) = (ended_at IS NULL)", name="ended_by_somebody"),
        Index("ix_vouchers_cooperative_id", "cooperative_id", "id"),
    )

    id: Mapped[BigKey]
    code: Mapped[str]  # as its issuer wrote it: capitals and digits
    key: Mapped[str] = mapped_column(unique=True)  # the same with look-alikes made one (shop.vouchers.words)
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))
    kind: Mapped[VoucherKind]
    value: Mapped[int]  # đồng, or percent
    most: Mapped[int | None]  # đồng that a percentage takes off at most
    least_goods: Mapped[int] = mapped_column(default=0)  # đồng of goods from which on it counts
    reach: Mapped[Reach]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    uses_most: Mapped[int]  # in all
    uses: Mapped[int] = mapped_column(default=0)  # redemptions that stand: changed by a guarded UPDATE alone
    person_most: Mapped[int]  # by one phone number, and by one account
    first_only: Mapped[bool] = mapped_column(default=False)  # for who has had no order before
    state: Mapped[VoucherState] = mapped_column(default=VoucherState.ACTIVE)
    made_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    ended_at: Mapped[datetime | None]

    cooperative: Mapped[Cooperative | None] = relationship()
    made_by: Mapped[User] = relationship(foreign_keys=made_by_id)
    reaches: Mapped[list["VoucherReach"]] = relationship(order_by="VoucherReach.id")

    @property
    def ends(self) -> datetime:
        """The moment from which it no longer counts."""
        return min(self.ends_at, self.ended_at) if self.ended_at else self.ends_at


class VoucherReach(Model):
    """One commune whose sellers, or one seller, a voucher of the province counts for."""

    __tablename__ = "voucher_reaches"
    __table_args__ = (
        CheckConstraint("(commune_code IS NULL) <> (cooperative_id IS NULL)", name="one_of_both"),
        Index("ix_voucher_reaches_voucher_id", "voucher_id"),
    )

    id: Mapped[BigKey]
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"))
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"))
    cooperative_id: Mapped[int | None] = mapped_column(ForeignKey("cooperatives.id"))

    commune: Mapped[Commune | None] = relationship()
    cooperative: Mapped[Cooperative | None] = relationship()


class VoucherPerson(Model):
    """How often one phone number or account has used a voucher; known by a keyed digest of both (ADR on vouchers)."""

    __tablename__ = "voucher_people"
    __table_args__ = (CheckConstraint("uses >= 0", name="uses_not_negative"),)

    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"), primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    uses: Mapped[int]
