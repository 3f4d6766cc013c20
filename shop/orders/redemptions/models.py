"""One use of a voucher by a purchase, and what it took off each of its orders."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from shop.core import clock
from shop.core.db import BigKey, Model
from shop.orders.models import Order
from shop.orders.redemptions.lifecycle import RedemptionState, ShareState
from shop.vouchers.models import Voucher


class Redemption(Model):
    """A purchase used a voucher; kept also where the use was given back."""

    __tablename__ = "redemptions"
    __table_args__ = (
        UniqueConstraint("voucher_id", "purchase_id"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        Index("ix_redemptions_purchase_id", "purchase_id"),
    )

    id: Mapped[BigKey]
    voucher_id: Mapped[int] = mapped_column(ForeignKey("vouchers.id"))
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchases.id"))
    amount: Mapped[int]  # đồng that it took off in all
    people: Mapped[list[str]]  # under which digests the use is counted (shop.vouchers.people)
    state: Mapped[RedemptionState] = mapped_column(default=RedemptionState.TAKEN)
    at: Mapped[datetime] = mapped_column(default=clock.now)
    given_back_at: Mapped[datetime | None]

    voucher: Mapped[Voucher] = relationship()
    shares: Mapped[list["RedemptionShare"]] = relationship(back_populates="redemption", order_by="RedemptionShare.id")


class RedemptionShare(Model):
    """What one order of the purchase has of it."""

    __tablename__ = "redemption_shares"
    __table_args__ = (
        UniqueConstraint("redemption_id", "order_id"),
        CheckConstraint("amount > 0", name="amount_is_positive"),
        Index("ix_redemption_shares_order_id", "order_id"),
    )

    id: Mapped[BigKey]
    redemption_id: Mapped[int] = mapped_column(ForeignKey("redemptions.id"))
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    amount: Mapped[int]  # đồng
    state: Mapped[ShareState] = mapped_column(default=ShareState.TAKEN)

    redemption: Mapped[Redemption] = relationship(back_populates="shares")
    order: Mapped[Order] = relationship()
