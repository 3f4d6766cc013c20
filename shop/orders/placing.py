"""From a cart to the rows of a purchase: what stands in the way, what the buyer saw, what is frozen."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from products.packs import base_unit, steps_sentence
from products.stock.services import SoldOut
from shop.accounts.models import User
from shop.cart.view import CartView, Line, Parcel, Problem
from shop.core import clock
from shop.core.codes import order_code, secret_token
from shop.core.days import end_of
from shop.core.db import db
from shop.core.errors import Conflict, DomainError
from shop.core.i18n import lazy_gettext as _l
from shop.core.present import settings
from shop.orders.invoices.models import Billed, PurchaseInvoice
from shop.orders.limits.policies import Wish
from shop.orders.models import Method, Order, OrderLine, Purchase, PurchaseGift
from shop.vouchers.services import VoucherGone

CODE_TRIES = 20


class Gift(NamedTuple):
    """Who receives a gift, and the words on its card."""

    name: str
    phone: str  # E.164
    message: str


@dataclass(frozen=True)
class Details:
    """Who buys, and where it goes; `ways` maps a cooperative's code to the ship method of its parcel."""

    name: str
    phone: str  # E.164
    province_code: str
    commune_code: str
    line: str
    email: str | None = None
    note: str = ""
    language: str = "vi"
    ways: Mapping[str, str] = field(default_factory=dict)
    invoice: Billed | None = None
    gift: Gift | None = None


class PriceChanged(Conflict):
    """A price is no longer the one the buyer saw; nothing is charged silently. `lines` are the cart's lines."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__(_l("A price changed. Nothing was ordered. Look at the cart again."))
        self.lines = lines


class NotForSale(Conflict):
    """Some goods left the market, are ordered by telephone, or their season is over. `lines` are the cart's lines."""

    def __init__(self, lines: list[Line]) -> None:
        super().__init__(_l("Some goods can no longer be ordered. Nothing was ordered."))
        self.lines = lines


def refuse_problems(view: CartView) -> None:
    """Raise what stands in the way of ordering this cart: NotForSale, SoldOut, PriceChanged, or DomainError."""
    if not view.lines:
        raise DomainError(_l("The cart is empty."))
    if lines := _with(view, Problem.GONE, Problem.CALL, Problem.SEASON_OVER):
        raise NotForSale(lines)
    if lines := _with(view, Problem.SOLD_OUT, Problem.OVER_STOCK):
        raise SoldOut([line.sku_id for line in lines])
    if lines := _with(view, Problem.UNEVEN):
        raise Conflict(f"{lines[0].name}: {steps_sentence(lines[0].steps)}")
    if lines := _with(view, Problem.PRICE_CHANGED):
        raise PriceChanged(lines)
    if view.unsendable:
        names = ", ".join(parcel.seller.name for parcel in view.unsendable)
        raise Conflict(_l("%(sellers)s cannot send these goods so far.", sellers=names))


def refuse_vouchers(view: CartView) -> None:
    """Raise VoucherGone for the first voucher of this cart that does not count: its buyer thought that it would."""
    for one in view.vouchers:
        if one.refusal is not None:
            raise VoucherGone(one.code, one.refusal)


def _with(view: CartView, *problems: Problem) -> list[Line]:
    return [line for line in view.faulty if set(problems) & set(line.problems)]


def fingerprint(view: CartView, details: Details) -> str:
    """Return a digest of everything a buyer sees before placing: goods, prices, ways, vouchers, sums, address."""
    parcels = [
        [
            parcel.seller.code,
            parcel.way.method if parcel.way else "",
            parcel.delivery_cost,
            parcel.discount,
            sorted([line.sku_code, line.revision_id, line.quantity, line.price, line.weighed] for line in parcel.lines),
        ]
        for parcel in view.parcels
    ]
    codes = [[one.code, one.total] for one in view.vouchers]
    return _digest([parcels, codes, view.total, address_digest(details)])


def request_digest(method: Method, seen: str) -> str:
    """Return the digest of one submit: the same key with another digest is another wish, and refused."""
    return _digest([method.value, seen])


def address_digest(details: Details) -> str:
    """Return a digest of who receives and where, and of the chosen ways."""
    place = [details.province_code, details.commune_code, details.line]
    told = [details.name, details.phone, *place, details.email, details.note, dict(details.ways), details.invoice]
    return _digest([*told, details.gift])


def _digest(value: Any) -> str:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def wish_of(details: Details, method: Method, actor: User | None, view: CartView) -> Wish:
    """Return what a cart would leave unpaid, as it is counted for its phone number and account."""
    buyer = actor.id if actor else None
    return Wish(method, details.phone, buyer, len(view.parcels), view.total, gift=details.gift is not None)


def purchase_of(  # noqa: PLR0917 - everything a purchase is made of
    details: Details, method: Method, attempt: str, digest: str, actor: User | None, view: CartView
) -> Purchase:
    """Return the flushed rows of a purchase with one order for each parcel, everything frozen as it stands."""
    purchase = Purchase(
        attempt=attempt,
        request_digest=digest,
        token=secret_token(),
        buyer_id=actor.id if actor else None,
        name=details.name,
        phone=details.phone,
        email=details.email,
        province_code=details.province_code,
        commune_code=details.commune_code,
        line=details.line,
        note=details.note,
        language=details.language,
        method=method,
        total=view.total,
        placed_at=clock.now(),
    )
    codes = free_codes(len(view.parcels))
    purchase.orders = [order_of(parcel, code, method) for parcel, code in zip(view.parcels, codes, strict=True)]
    db.session.add(purchase)
    db.session.flush()
    if details.invoice is not None:
        db.session.add(PurchaseInvoice(purchase_id=purchase.id, **details.invoice._asdict()))
    if details.gift is not None:
        db.session.add(PurchaseGift(purchase_id=purchase.id, **details.gift._asdict()))
    return purchase


def free_codes(number: int) -> list[str]:
    """Return so many order codes that no order has (of ten million, one may be taken)."""
    found: list[str] = []
    for _ in range(CODE_TRIES):
        wanted = {order_code(settings().code_prefix) for _ in range(number - len(found))} - set(found)
        taken = set(db.session.scalars(select(Order.code).where(Order.code.in_(wanted))))
        found += sorted(wanted - taken)
        if len(found) == number:
            return found
    raise Conflict(_l("No order code is free. Try again."))


def order_of(parcel: Parcel, code: str, method: Method) -> Order:
    """Return the order that freezes a parcel as it stands: names, packs, prices, way and days.

    It is due by the end of the day its seller's calendar names, and the days of the way count from there.
    """
    if parcel.way is None:
        raise ValueError("a parcel without a way is no order")
    now = clock.now()
    leaves = parcel.calendar.leaves(now)
    order = Order(
        code=code,
        cooperative_id=parcel.seller.id,
        seller_name=parcel.seller.name,
        awaiting_payment=method is not Method.CASH,
        ship_method=parcel.way.method,
        goods_total=parcel.goods_total,
        delivery_cost=parcel.delivery_cost,
        discount=parcel.discount,
        total=parcel.total,
        grams=parcel.grams,
        to_weigh=any(line.weighed for line in parcel.lines),
        placed_at=now,
        ship_by=end_of(leaves),
        arrives_from=end_of(leaves + timedelta(days=parcel.way.days_from)),
        arrives_to=end_of(leaves + timedelta(days=parcel.way.days_to)),
    )
    order.lines = [frozen(line) for line in parcel.lines]
    return order


def frozen(line: Line) -> OrderLine:
    """Return the line of an order that keeps goods of a cart as they stand: name, pack, price, tolerance, photo."""
    return OrderLine(
        sku_id=line.sku_id,
        revision_id=line.revision_id,
        product_code=line.product_code,
        name=line.name,
        pack_amount=line.pack_amount,
        pack_word=line.pack_word,
        base_unit=base_unit(line.pack_word),
        price=line.price,
        quantity=line.quantity,
        total=line.total,
        about_grams=line.weighed.grams if line.weighed else None,
        weighed_within=line.weighed.within if line.weighed else None,
        photo_digest=line.photo[0] if line.photo else None,
    )
