"""What the province paid a cooperative for vouchers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model


class VoucherPayout(Model):
    """One transfer of the province into a cooperative's account, noted by an admin; the market moves no money."""

    __tablename__ = "voucher_payouts"
    __table_args__ = (
        UniqueConstraint("cooperative_id", "reference"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        CheckConstraint("reference <> ''", name="has_a_reference"),
    )

    id: Mapped[BigKey]
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    amount: Mapped[int]  # đồng
    reference: Mapped[str]  # the bank's number of the transfer
    noted_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    noted_at: Mapped[datetime] = mapped_column(default=clock.now)

    cooperative: Mapped[Cooperative] = relationship()
    noted_by: Mapped[User] = relationship()
