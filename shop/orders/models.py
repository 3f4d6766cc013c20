"""A purchase, its one order per cooperative, and everything frozen at sale."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, false, text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cooperatives.models import Cooperative
from products.models import Sku
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import BigKey, Model
from shop.orders.lifecycle import LIFECYCLE, Answer, OrderState, Why
from shop.places.models import Commune, Province

LONGEST_PRESS = 64  # characters of a press's name; a phone's own are UUIDs
LONGEST_CARD = 200  # characters on the card of a gift


class Method(StrEnum):
    """How a purchase is paid; one method for the whole purchase."""

    CASH = "cash_on_delivery"
    CARD = "stripe_checkout"
    BANK_QR = "bank_qr"


class Purchase(Model):
    """One checkout: who buys, where it goes, how it is paid. One order per cooperative hangs on it."""

    __tablename__ = "purchases"
    __table_args__ = (CheckConstraint("total >= 0", name="total_not_negative"),)

    id: Mapped[BigKey]
    attempt: Mapped[str] = mapped_column(unique=True)  # the cart's key: the same submit twice is one purchase
    request_digest: Mapped[str]  # of what was submitted under that key
    token: Mapped[str] = mapped_column(unique=True)  # 128 random bits, the guest's link
    buyer_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    name: Mapped[str]  # of who buys; a gift has another receiver
    phone: Mapped[str] = mapped_column(index=True)  # E.164
    email: Mapped[str | None]
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    commune_code: Mapped[str] = mapped_column(ForeignKey("communes.code"))
    line: Mapped[str]  # house or hamlet
    note: Mapped[str] = mapped_column(default="")
    language: Mapped[str]
    method: Mapped[Method]
    total: Mapped[int]  # đồng: goods and delivery of all orders
    placed_at: Mapped[datetime] = mapped_column(default=clock.now)

    orders: Mapped[list["Order"]] = relationship(back_populates="purchase", order_by="Order.id")
    gift: Mapped["PurchaseGift | None"] = relationship(back_populates="purchase")
    buyer: Mapped[User | None] = relationship()
    province: Mapped[Province] = relationship()
    commune: Mapped[Commune] = relationship()

    @property
    def receiver(self) -> "Purchase | PurchaseGift":
        """Return whose name and phone stand on the parcel."""
        return self.gift or self


class PurchaseGift(Model):
    """To whom a purchase is sent that somebody else pays, and the words on its card; never edited."""

    __tablename__ = "purchase_gifts"
    __table_args__ = (CheckConstraint(f"name <> '' AND length(message) <= {LONGEST_CARD}", name="whole"),)

    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchases.id"), primary_key=True, autoincrement=False)
    name: Mapped[str]
    phone: Mapped[str] = mapped_column(index=True)  # E.164
    message: Mapped[str] = mapped_column(default="")

    purchase: Mapped[Purchase] = relationship(back_populates="gift")


UNANSWERED = text("state = 'placed'")
DELIVERED = text("action = 'deliver'")
# What came instead of goods that were missing is told from the changes: shop.orders.changes.queries.lines_now.
SOLD = "and_(OrderLine.order_id == Order.id, OrderLine.instead_of_id.is_(None))"


class Order(Model):
    """What one cooperative sends to the buyer of a purchase."""

    __tablename__ = "orders"
    __table_args__ = (
        CheckConstraint("goods_total >= 0 AND delivery_cost >= 0", name="parts_not_negative"),
        CheckConstraint("total = goods_total + delivery_cost - discount", name="total_is_the_sum"),
        CheckConstraint("discount >= 0 AND discount * 2 <= goods_total", name="at_most_half_off"),
        CheckConstraint("total + adjusted >= 0", name="due_not_negative"),
        CheckConstraint("NOT asking OR state = 'accepted'", name="asked_before_packing"),
        CheckConstraint("NOT to_weigh OR state IN ('placed', 'accepted', 'cancelled')", name="weighed_before_packing"),
        Index("ix_orders_cooperative_id_state_placed_at", "cooperative_id", "state", "placed_at"),
        Index("ix_orders_purchase_id", "purchase_id"),
        # What nobody has answered: few rows, looked at by sweeps all the time.
        Index("ix_orders_unanswered", "placed_at", postgresql_where=UNANSWERED, sqlite_where=UNANSWERED),
    )

    id: Mapped[BigKey]
    code: Mapped[str] = mapped_column(unique=True)  # LC48172063: prefix, 7 random digits, Damm check digit
    purchase_id: Mapped[int] = mapped_column(ForeignKey("purchases.id"))
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    seller_name: Mapped[str]  # as it was at sale
    state: Mapped[OrderState] = mapped_column(default=OrderState.PLACED)
    awaiting_payment: Mapped[bool] = mapped_column(default=False)  # paid first by card: nobody packs before
    ended_because: Mapped[str] = mapped_column(default="")  # why cancelled or refused, for both sides
    ship_method: Mapped[str]  # code of shop/shipping/data/methods.json
    goods_total: Mapped[int]
    delivery_cost: Mapped[int]
    discount: Mapped[int] = mapped_column(default=0)  # what vouchers took off the goods (shop.orders.redemptions)
    total: Mapped[int]  # what was sold, frozen
    adjusted: Mapped[int] = mapped_column(default=0, server_default="0")  # đồng: the settled changes (orders.changes)
    asking: Mapped[bool] = mapped_column(default=False, server_default=false())  # a change waits for the buyer's yes
    to_weigh: Mapped[bool] = mapped_column(default=False, server_default=false())  # not packed before
    grams: Mapped[int] = mapped_column(default=0)
    placed_at: Mapped[datetime] = mapped_column(default=clock.now)
    ship_by: Mapped[datetime]
    arrives_from: Mapped[datetime]
    arrives_to: Mapped[datetime]

    purchase: Mapped[Purchase] = relationship(back_populates="orders")
    cooperative: Mapped[Cooperative] = relationship()
    lines: Mapped[list["OrderLine"]] = relationship(back_populates="order", order_by="OrderLine.id", primaryjoin=SOLD)
    events: Mapped[list["OrderEvent"]] = relationship(back_populates="order", order_by="OrderEvent.id")
    shipment: Mapped["Shipment | None"] = relationship(back_populates="order")
    confirmation: Mapped["Confirmation | None"] = relationship(back_populates="order")

    @hybrid_property
    def due(self) -> int:
        """What is to be paid for it as it stands now, in đồng: what was sold and every settled change."""
        return self.total + self.adjusted

    @property
    def waits_for_buyer(self) -> bool:
        """Say whether the buyer is still to be asked before it is packed."""
        asked = self.confirmation is not None and self.confirmation.answer is Answer.WAITING
        return asked and self.state in {OrderState.PLACED, OrderState.ACCEPTED}

    @property
    def to_collect(self) -> int:
        """Đồng that is taken in cash at the door, from the first or after all; 0 where it is paid otherwise."""
        in_cash = self.purchase.method is Method.CASH or any(event.action == "to_cash" for event in self.events)
        return self.due if in_cash else 0

    def allows(self, action: str) -> bool:
        """Say whether the table of moves has `action` from here."""
        return LIFECYCLE.allows(self.state, action)


class OrderLine(Model):
    """Goods of an order with name, pack and price as they were at sale; 0 packs of what is offered instead of some."""

    __tablename__ = "order_lines"
    __table_args__ = (
        CheckConstraint("quantity >= 0 AND (quantity = 0) = (instead_of_id IS NOT NULL)", name="sold_or_instead"),
        CheckConstraint("price > 0", name="price_is_positive"),
        CheckConstraint("total = price * quantity", name="total_is_the_product"),
        CheckConstraint("(about_grams IS NULL) = (weighed_within IS NULL)", name="weighed_from_an_estimate"),
        CheckConstraint("about_grams > 0 AND weighed_within IN (5, 10, 15)", name="sensible_tolerance"),
        Index("ix_order_lines_order_id", "order_id"),
        Index("ix_order_lines_sku_id", "sku_id"),
    )

    id: Mapped[BigKey]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    sku_id: Mapped[int] = mapped_column(ForeignKey("skus.id"))
    revision_id: Mapped[int] = mapped_column(ForeignKey("product_revisions.id"))
    product_code: Mapped[str]
    name: Mapped[str]  # in the buyer's language, as shown
    pack_amount: Mapped[int]
    pack_word: Mapped[str]
    base_unit: Mapped[str]
    price: Mapped[int]  # đồng a pack
    quantity: Mapped[int]
    total: Mapped[int]
    about_grams: Mapped[int | None]  # of a pack that is weighed when packed; None: sold as it is
    weighed_within: Mapped[int | None]  # percent more or less, as the buyer accepted it
    photo_digest: Mapped[str | None]
    instead_of_id: Mapped[int | None] = mapped_column(ForeignKey("order_lines.id"))  # the goods it takes the place of

    order: Mapped[Order] = relationship(back_populates="lines")
    sku: Mapped[Sku] = relationship()


class OrderEvent(Model):
    """One step of an order, read by both sides; never edited."""

    __tablename__ = "order_events"
    __table_args__ = (
        Index("ix_order_events_order_id", "order_id"),
        # What arrived lately: looked at by the sweep that asks how it was.
        Index("ix_order_events_delivered", "at", postgresql_where=DELIVERED, sqlite_where=DELIVERED),
        Index("uq_order_events_press", "order_id", "press", unique=True),
    )

    id: Mapped[BigKey]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    action: Mapped[str]  # place, accept, pack, …; paid, to_cash, refunded; ask_change, agree_change, …
    state: Mapped[OrderState]  # after the step
    by: Mapped[str]  # buyer, cooperative, officer, system
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    note: Mapped[str] = mapped_column(default="")
    press: Mapped[str | None]  # of a button on a phone that was offline: one step for each, however often it is sent
    at: Mapped[datetime] = mapped_column(default=clock.now)

    order: Mapped[Order] = relationship(back_populates="events")


class Shipment(Model):
    """How the parcel travels: carrier and tracking number as the cooperative wrote them."""

    __tablename__ = "shipments"

    id: Mapped[BigKey]
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), unique=True)
    carrier: Mapped[str] = mapped_column(default="")
    tracking: Mapped[str] = mapped_column(default="")
    handed_over_at: Mapped[datetime] = mapped_column(default=clock.now)

    order: Mapped[Order] = relationship(back_populates="shipment")


class Confirmation(Model):
    """The question about one order; while it waits the order cannot be packed."""

    __tablename__ = "order_confirmations"
    __table_args__ = (
        CheckConstraint("(answer = 'waiting') = (answered_at IS NULL)", name="answered_when"),
        CheckConstraint("tries >= 0", name="tries_not_negative"),
        Index("ix_order_confirmations_key", "key"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)
    why: Mapped[Why]
    answer: Mapped[Answer] = mapped_column(default=Answer.WAITING)
    key: Mapped[str]  # 128 random bits, only in the SMS to the receiver: one for all orders of a purchase
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    tries: Mapped[int] = mapped_column(default=0)  # calls that nobody answered
    tried_at: Mapped[datetime | None]
    by: Mapped[str] = mapped_column(default="")  # buyer, cooperative
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    answered_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(back_populates="confirmation")
    actor: Mapped[User | None] = relationship()
