"""From the plan to rows: purchases, their orders in every state, and the money behind them."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from products.packs import base_unit
from products.stock.models import HoldState, Reason, StockHold
from shop.cart.weights import grams_of
from shop.cli.demo.market import Writer
from shop.cli.demo.pictures import pictures_of
from shop.cli.demo.plan import PlannedOrder, PlannedPurchase
from shop.core.codes import order_code
from shop.core.present import settings
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order, OrderEvent, OrderLine, Purchase, Shipment
from shop.payments.models import Payment, PaymentEvent, PaymentPart, PaymentState, Refund, RefundState
from shop.places import queries as places
from shop.shipping.rates import Quote, quote

S = OrderState
STEPS = {
    S.PLACED: (),
    S.ACCEPTED: ("accept",),
    S.PACKED: ("accept", "pack"),
    S.HANDED_OVER: ("accept", "pack", "hand_over"),
    S.DELIVERED: ("accept", "pack", "hand_over", "deliver"),
    S.REFUSED: ("accept", "pack", "hand_over", "refuse"),
    S.CANCELLED: ("cancel",),
}
AFTER = {"accept": S.ACCEPTED, "pack": S.PACKED, "hand_over": S.HANDED_OVER}
AFTER |= {"deliver": S.DELIVERED, "refuse": S.REFUSED, "cancel": S.CANCELLED}
HOURS = {"accept": 3, "pack": 20, "hand_over": 26, "deliver": 90, "refuse": 92, "cancel": 2}
WHY = {S.CANCELLED: "Tôi đặt nhầm số lượng.", S.REFUSED: "Gọi ba lần chưa gặp người nhận."}


class Trade:
    """Writes purchases onto the sheet of a Writer that wrote people and products."""

    def __init__(self, writer: Writer, seed: int) -> None:
        self.writer, self.sheet, self.market = writer, writer.sheet, writer.market
        self.rng = Random(seed + 1)
        self.left = {place: planned.stock for place, planned in enumerate(self.market.products)}
        self.held: dict[int, int] = dict.fromkeys(self.left, 0)
        self.codes: set[str] = set()

    def write(self) -> None:
        """Write all purchases, then what they leave of the stock."""
        for planned in self.market.purchases:
            self._purchase(planned)
        skus = self.sheet.rows["skus"]
        for place, key in self.writer.skus.items():
            skus[key - 1] |= {"on_hand": self.left[place], "held": self.held[place]}

    def _purchase(self, planned: PlannedPurchase) -> None:
        at = self.writer.now - timedelta(days=planned.days_ago, hours=self.rng.randint(1, 9))
        at = min(at, self.writer.now - timedelta(minutes=30))
        parcels = [(order, self._way(planned, order)) for order in planned.orders]
        total = sum(self._goods(order) + way.cost for order, way in parcels)
        method, secret = Method(planned.method), f"{self.rng.getrandbits(128):032x}"
        key = self.sheet.add(
            Purchase,
            attempt=f"demo-{secret[:20]}",
            request_digest="demo",
            token=secret,
            buyer_id=None if planned.buyer is None else planned.buyer + 1,
            name=planned.name,
            phone=planned.phone,
            email=None,
            province_code=planned.province_code,
            commune_code=planned.commune_code,
            line=planned.line,
            note="",
            language="vi",
            method=method,
            total=total,
            placed_at=at,
        )
        made = [self._order(key, planned, order, way, at) for order, way in parcels]
        if method is Method.CASH:
            for order in made:
                self._pay(key, method, [order], f"cash-{order['code']}")
        else:
            self._pay(key, method, made, f"demo-{secret}")

    def _goods(self, order: PlannedOrder) -> int:
        return sum(self.market.products[place].price * packs for place, packs in order.lines)

    def _way(self, planned: PlannedPurchase, order: PlannedOrder) -> Quote:
        products = [(self.market.products[place], packs) for place, packs in order.lines]
        seller = self.market.sellers[products[0][0].seller]
        start = places.commune(seller.commune_code)
        if start is None:
            raise LookupError(seller.commune_code)
        grams = sum(grams_of(one.pack_word, one.pack_amount, None, None) * packs for one, packs in products)
        kinds = {
            self.sheet.rows["product_revisions"][self.writer.revisions[place] - 1]["ship_class"]
            for place, _ in order.lines
        }
        found = quote(start, planned.province_code, planned.commune_code, grams, kinds, "vi")
        return found[0] if found else Quote("pickup", "", 0, 1, 7)

    def _order(
        self, purchase: int, planned: PlannedPurchase, order: PlannedOrder, way: Quote, at: datetime
    ) -> dict[str, Any]:
        seller = self.market.products[order.lines[0][0]].seller
        code, state, goods = self._code(), S(order.state), self._goods(order)
        key = self.sheet.add(
            Order,
            code=code,
            purchase_id=purchase,
            cooperative_id=seller + 1,
            seller_name=self.market.sellers[seller].name,
            state=state,
            awaiting_payment=False,
            ended_because=WHY.get(state, ""),
            ship_method=way.method,
            goods_total=goods,
            delivery_cost=way.cost,
            total=goods + way.cost,
            grams=0,
            placed_at=at,
            ship_by=at + timedelta(days=2),
            arrives_from=at + timedelta(days=way.days_from),
            arrives_to=at + timedelta(days=way.days_to),
        )
        for place, packs in order.lines:
            self._line(key, code, place, packs, state, at)
        buyer = None if planned.buyer is None else planned.buyer + 1
        self._events(key, code, state, at, buyer, self.market.sellers[seller].manager + 1)
        return self.sheet.rows["orders"][key - 1]

    def _code(self) -> str:
        while True:
            code = order_code(settings().code_prefix, self.rng)
            if code not in self.codes:
                self.codes.add(code)
                return code

    def _line(self, order: int, code: str, place: int, packs: int, state: S, at: datetime) -> None:  # noqa: PLR0917
        one = self.market.products[place]
        digest = pictures_of(one.type_code, one.story_key, self.writer.drawn)[0]
        product = self.sheet.rows["products"][place]
        self.sheet.add(
            OrderLine,
            order_id=order,
            sku_id=self.writer.skus[place],
            revision_id=self.writer.revisions[place],
            product_code=product["code"],
            name=one.name,
            pack_amount=one.pack_amount,
            pack_word=one.pack_word,
            base_unit=base_unit(one.pack_word),
            price=one.price,
            quantity=packs,
            total=one.price * packs,
            photo_digest=digest,
        )
        hold = {"sku_id": self.writer.skus[place], "reference": code, "quantity": packs, "created_at": at}
        if state in {S.PLACED, S.ACCEPTED, S.PACKED}:
            self.held[place] += packs
            self.sheet.add(StockHold, **hold, state=HoldState.HELD, ended_at=None)
        elif state is S.CANCELLED:
            self.sheet.add(StockHold, **hold, state=HoldState.FREED, ended_at=at)
        else:
            self.sheet.add(StockHold, **hold, state=HoldState.SOLD, ended_at=at)
            self._sold(place, packs, code, state, at)

    def _sold(self, place: int, packs: int, code: str, state: S, at: datetime) -> None:
        manager = self.market.sellers[self.market.products[place].seller].manager + 1
        self.writer.moved(place, -packs, Reason.SOLD, manager, at, code)
        if state is S.REFUSED:
            self.writer.moved(place, packs, Reason.CAME_BACK, manager, at, code)
        else:
            self.left[place] -= packs

    def _events(self, key: int, code: str, state: S, at: datetime, buyer: int | None, manager: int) -> None:  # noqa: PLR0917
        self._event(key, code, ("place", S.PLACED), "buyer", buyer, at)
        for step in STEPS[state]:
            moment = min(at + timedelta(hours=HOURS[step]), self.writer.now)
            by, actor = ("buyer", buyer) if step == "cancel" else ("cooperative", manager)
            self._event(key, code, (step, AFTER[step]), by, actor, moment)
            if step == "hand_over":
                number = f"VTP{self.rng.randrange(10**9):09d}"
                self.sheet.add(Shipment, order_id=key, carrier="Viettel Post", tracking=number, handed_over_at=moment)

    def _event(self, key: int, code: str, step: tuple[str, S], by: str, actor: int | None, at: datetime) -> None:  # noqa: PLR0917
        action, state = step
        note = WHY.get(state, "")
        self.sheet.add(OrderEvent, order_id=key, action=action, state=state, by=by, actor_id=actor, note=note, at=at)
        self.sheet.audit(Order, key, f"order_{action}", actor, at, code=code, state=state.value, by=by)

    def _pay(self, purchase: int, method: Method, orders: list[dict[str, Any]], key: str) -> None:
        at, states = orders[0]["placed_at"], {order["state"] for order in orders}
        card = method is Method.CARD
        state = PaymentState.PAID if card or states == {S.DELIVERED} else PaymentState.WAITING
        if not card and states <= {S.CANCELLED, S.REFUSED}:
            state = PaymentState.LAPSED
        paid = state is PaymentState.PAID
        payment = self.sheet.add(
            Payment,
            purchase_id=purchase,
            method=method,
            amount=sum(order["total"] for order in orders),
            currency="VND",
            state=state,
            idempotency_key=key,
            provider_session=f"cs_test_demo_{key[5:25]}" if card else None,
            provider_reference=f"pi_demo_{key[5:25]}" if card else None,
            tries=0,
            created_at=at,
            settled_at=at if paid else None,
        )
        event = {"payment_id": payment, "facts": {"demo": True}, "at": at}
        self.sheet.add(PaymentEvent, **event, kind="due")
        if paid:
            self.sheet.add(PaymentEvent, **event, kind="settled")
        for order in orders:
            back = order["total"] if card and order["state"] is S.CANCELLED else 0
            key_of = {"payment_id": payment, "order_id": order["id"], "amount": order["total"], "refunded": back}
            part = self.sheet.add(PaymentPart, **key_of)
            if back:
                refund = {"part_id": part, "amount": back, "reason": "cancelled", "state": RefundState.DONE, "tries": 1}
                name = f"{key[5:25]}_{order['id']}"
                keys = {"idempotency_key": f"refund-{name}", "provider_reference": f"re_demo_{name}"}
                self.sheet.add(Refund, **refund, **keys, created_at=at, done_at=at)
