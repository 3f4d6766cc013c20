"""What races for money need: purchases that wait for it, Stripe beside a running market, and a bank that tells."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select, update

from products.models import Sku
from products.stock.services import count
from shop.accounts.models import User
from shop.cart import services as carts
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail
from shop.orders.models import Method, Order, Purchase
from shop.payments import services
from shop.payments.models import Payment, PaymentEvent
from shop.payments.online.tasks import open_page
from shop.sandbox import stripe_store
from tests.races.starting import fresh_goods
from tests.server import Market
from tests.shelves import Goods
from tests.shop.orders.buying import place
from tests.shop.payments.outside import PATH, Bought, Outside, http, payment_of

Tell = Callable[[str, object], None]
MAIL = "minh.anh@example.com"


class Stripe(Outside):
    """Stripe's stand-in beside a running market: its events go over the wire, to whichever worker is free."""

    def __init__(self, market: Market) -> None:
        self.running, self.url = market.stand_ins, market.url
        self.secret = market.stand_ins.sandbox.settings.webhook_secret

    def send(self, event: dict[str, Any], *, secret: str = "", age: int = 0) -> int:
        return super().send(event, secret=secret or self.secret, age=age)

    def post(self, body: bytes, headers: dict[str, str]) -> int:
        return http.post(self.url + PATH, content=body, headers=headers, timeout=60).status_code

    def is_quiet(self) -> bool:
        """Say whether nothing is on its way to the market."""
        found = self.control("settling", timeout=1)
        return not found["waiting"] + found["sending"]

    def paid(self, session: str) -> bool:
        """Say whether somebody paid on this page."""
        with self.running.sandbox.state.reading() as memory:
            return bool(stripe_store.get(memory, "checkout.session", session)["status"] == "complete")

    def events_of(self, sessions: list[str]) -> list[dict[str, Any]]:
        """The events about these sessions and what was paid on them, the oldest first."""
        with self.running.sandbox.state.reading() as memory:
            found = [stripe_store.get(memory, "checkout.session", one) for one in sessions]
        about = {one["payment_intent"] for one in found} | set(sessions)
        return [event for event in self.events() if _subjects(event) & about]


def _subjects(event: dict[str, Any]) -> set[str]:
    found = event["data"]["object"]
    return {found["id"], found.get("payment_intent") or found["id"]}


def shelf(market: Market, packs: int) -> Goods:
    """Goods that no race has touched yet, so many packs of them. Inside an app context."""
    goods = fresh_goods(market)
    if packs != 10:
        with writing():
            count(sku_of(goods), packs, 10, member(market))
    return goods


def sku_of(goods: Goods) -> Sku:
    """The stock of these goods, read afresh."""
    row = select(Sku).where(Sku.code == goods.sku)
    return db.session.scalars(row.execution_options(populate_existing=True)).one()


def member(market: Market) -> User:
    return db.session.get_one(User, market.cast.ids["member"])


def waiting(goods: Goods, method: Method) -> Bought:
    """Place a purchase of one pack and open its payment, as the last button of checkout does."""
    with writing():
        cart, _token = carts.start(None)
        carts.add(cart, goods.sku, 1, "vi")
        key, attempt = cart.id, cart.attempt
    placed = place(key, attempt, method, email=MAIL)
    with writing():
        purchase = db.session.get_one(Purchase, placed)
        services.open_payment(purchase)
        made = Bought(placed, purchase.token, purchase.total, tuple(order.code for order in purchase.orders))
    db.session.remove()
    return made


def opened(purchase: Bought) -> str:
    """Open a purchase's page at Stripe; returns its session."""
    key = payment_of(purchase).id
    assert open_page(key)
    session = payment_of(purchase).provider_session or ""
    db.session.remove()
    return session


def their_time_is_over(purchases: list[Bought]) -> None:
    """Let what these purchases wait for have ended an hour ago."""
    ours = Payment.purchase_id.in_([one.id for one in purchases])
    with writing():
        db.session.execute(update(Payment).where(ours).values(expires_at=clock.after(hours=-1)))
    db.session.remove()


def later(sweep: Callable[[], int], **parts: float) -> int:
    """Run a sweep by a clock that is ahead."""
    clock.pass_for_tests(timedelta(**parts))
    try:
        return sweep()
    finally:
        clock.set_for_tests(None)
        db.session.remove()


def settled(purchases: list[Bought]) -> list[int]:
    """How often each of these purchases was settled, read afresh."""
    db.session.remove()
    rows = dict.fromkeys((one.id for one in purchases), 0) | _counted(
        select(Payment.purchase_id, func.count())
        .join(PaymentEvent, PaymentEvent.payment_id == Payment.id)
        .where(PaymentEvent.kind == "settled", Payment.purchase_id.in_([one.id for one in purchases]))
        .group_by(Payment.purchase_id)
    )
    return list(rows.values())


def mails_of(purchases: list[Bought]) -> int:
    """How many mails say that an order of these purchases is paid."""
    events = [f"order_paid:{code}" for one in purchases for code in one.codes]
    return db.session.scalar(select(func.count(OutgoingMail.id)).where(OutgoingMail.event.in_(events))) or 0


def _counted(rows: Any) -> dict[int, int]:
    return {key: number for key, number in db.session.execute(rows)}  # noqa: C416 - rows are no pairs to mypy


def order_of(purchase: Bought) -> Order:
    """The one order of a purchase, read afresh."""
    row = select(Order).where(Order.purchase_id == purchase.id)
    return db.session.scalars(row.execution_options(populate_existing=True)).one()
