"""From the plan to rows: purchases, their orders in every state, and the money behind them."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cooperatives.dispatch.calendar import Calendar
from products.counts.models import ProductCount
from products.packs import base_unit
from products.search.models import SearchMiss
from products.stock.models import HoldState, Reason, StockHold
from shop.cli.demo import gifts, talks
from shop.cli.demo.market import Writer
from shop.cli.demo.market_types import Order as PlannedOrder
from shop.cli.demo.market_types import Purchase as PlannedPurchase
from shop.cli.demo.market_types import Step
from shop.cli.demo.money import CARRIER, Money
from shop.cli.demo.pictures import digests_of
from shop.cli.demo.transfers import OPEN, UNPAID, Transfers, kept
from shop.cli.demo.vouchers import Vouchers
from shop.core.codes import order_code
from shop.core.days import day_of, end_of
from shop.core.present import settings
from shop.orders.invoices.models import PurchaseInvoice
from shop.orders.lifecycle import LIFECYCLE, OrderState
from shop.orders.models import Method, Order, OrderEvent, OrderLine, Purchase, Shipment
from shop.places import queries as places
from shop.shipping.rates import Quote, quote
from shop.vouchers.people import Buyer

S = OrderState
FOR_AN_OFFICE = 9  # one purchase in so many is made out to a company
OFFICE = {
    "company": "Công ty TNHH Quà Tây Bắc (thử)",
    "tax_code": "6200012349",
    "address": "Số 8 đường Võ Nguyên Giáp, phường Tân Phong, tỉnh Lai Châu",
    "email": "ketoan@example.com",
}
MISSED = ("sau rieng", "yen sao", "vai thieu", "ca phe", "hat dieu")  # what buyers looked for; none grows here
HELD = {S.PLACED, S.ACCEPTED, S.PACKED}
UNPACKED = {S.PLACED, S.ACCEPTED}  # the scales came to the market lately


class Trade:
    """Writes purchases onto the sheet of a Writer that wrote people and products."""

    def __init__(self, writer: Writer, seed: int) -> None:
        self.writer, self.sheet, self.market = writer, writer.sheet, writer.market
        self.rng, self.transfers = Random(seed + 1), Transfers(writer, seed)
        self.vouchers = Vouchers(writer, writer.people[writer.market.admin.key])
        self.managers = managers = {writer.sellers[key]: manager for key, manager in writer.managers.items()}
        self.money = Money(writer.sheet, managers, self.transfers)
        self.sellers = {one.key: one for one in self.market.sellers}
        self.buyers = {one.key: one for one in self.market.buyers}
        self.sold: Counter[str] = Counter()  # packs that left for good

    def write(self) -> None:
        """Write all purchases, then the first count of every store: what is there and what has left."""
        for planned in self.market.purchases:
            self._purchase(planned)
        talks.write(self.sheet, self.managers, self.writer.now)
        gifts.write(self.sheet)
        self.vouchers.write()
        self.transfers.credits()
        self.transfers.notifiers()
        for goods in self.market.goods:
            if goods.key in self.writer.skus:
                first = goods.stock + goods.held + self.sold[goods.key]
                at, actor = self.writer.now - goods.age, self.writer.managers[goods.seller]
                if first:
                    self.writer.moved(goods.key, first, Reason.COUNTED, actor, at)
                self._counts(self.writer.products[goods.key]["id"], self.sold[goods.key])
        for place, words in enumerate(MISSED):
            day = day_of(self.writer.now) - timedelta(days=place)
            self.sheet.plain(SearchMiss, day=day, words=words, times=2 * (len(MISSED) - place))

    def _counts(self, product: int, sold: int) -> None:
        """Write on a few days how often goods were seen: some thirty looks a sale, one in eight into a cart."""
        for ago in self.rng.sample(range(30), 3):
            seen = self.rng.randint(4, 40) + 10 * sold
            day = day_of(self.writer.now) - timedelta(days=ago)
            row = {"product_id": product, "day": day, "seen": seen, "carted": seen // 8}
            self.sheet.plain(ProductCount, **row)

    def _purchase(self, planned: PlannedPurchase) -> None:
        at, buyer = self.writer.now - planned.ago, self.buyers[planned.buyer]
        ways = [self._way(planned, order) for order in planned.orders]
        voucher, off = self.vouchers.off(planned, [self._goods(order) for order in planned.orders])
        method, secret = self._method(planned), f"{self.rng.getrandbits(128):032x}"
        key = self.sheet.add(
            Purchase,
            attempt=f"demo-{secret[:20]}",
            request_digest="demo",
            token=secret,
            buyer_id=self.writer.people[buyer.key],
            name=buyer.name,
            phone=buyer.phone,
            email=None,
            province_code=buyer.province,
            commune_code=buyer.commune,
            line=buyer.line,
            note="",
            language=buyer.language,
            method=method,
            total=sum(self._goods(order) + way.cost for order, way in zip(planned.orders, ways, strict=True))
            - sum(off),
            placed_at=at,
        )
        if key % FOR_AN_OFFICE == 0:
            self.sheet.plain(PurchaseInvoice, purchase_id=key, **OFFICE, asked_at=at)
        made = [
            self._order(key, order, (way, less), (at, planned.story))
            for order, way, less in zip(planned.orders, ways, off, strict=True)
        ]
        self.vouchers.used(voucher, key, Buyer(buyer.phone, self.writer.people[buyer.key], ordered=True), made)
        self.money.pay(key, method, made, secret, planned.story)

    def _method(self, planned: PlannedPurchase) -> Method:
        """A card that never was charged cannot be refunded: what may still be cancelled is paid at the door."""
        if planned.story:  # a transfer goes back by hand
            return Method.BANK_QR
        open_still = any(S(order.state) in {S.PLACED, S.ACCEPTED} for order in planned.orders)
        return Method.CASH if open_still else Method(planned.method)

    def _goods(self, order: PlannedOrder) -> int:
        return sum(self.writer.goods[key].price * packs for key, packs in order.lines)

    def _way(self, planned: PlannedPurchase, order: PlannedOrder) -> Quote:
        """Return what the planned way costs now; pickup where the rates no longer know it for these goods."""
        buyer, lines = self.buyers[planned.buyer], [(self.writer.goods[key], packs) for key, packs in order.lines]
        start = places.commune(self.sellers[order.seller].commune)
        if start is None:
            raise LookupError(order.seller)
        grams = sum((goods.packed_grams or 0) * packs for goods, packs in lines)
        classes = {goods.ship_class for goods, _packs in lines}
        found = quote(start, buyer.province, buyer.commune, grams, classes, "vi")
        return next((one for one in found if one.method == order.ship_method), Quote("pickup", "", 0, 0, 6))

    def _order(
        self, purchase: int, order: PlannedOrder, cost: tuple[Quote, int], when: tuple[datetime, str]
    ) -> dict[str, Any]:
        (way, off), (at, story) = cost, when
        code, state, goods = order_code(settings().code_prefix, self.rng), S(order.state), self._goods(order)
        leaves = Calendar().leaves(at)
        key = self.sheet.add(
            Order,
            code=code,
            purchase_id=purchase,
            cooperative_id=self.writer.sellers[order.seller],
            seller_name=self.sellers[order.seller].name,
            state=state,
            awaiting_payment=story in UNPAID,
            ended_because=order.note,
            ship_method=way.method,
            goods_total=goods,
            delivery_cost=way.cost,
            discount=off,
            total=goods + way.cost - off,
            to_weigh=state in UNPACKED and any(self.writer.goods[one].weighed_within for one, _packs in order.lines),
            grams=sum((self.writer.goods[one].packed_grams or 0) * packs for one, packs in order.lines),
            placed_at=at,
            ship_by=end_of(leaves),
            arrives_from=end_of(leaves + timedelta(days=way.days_from)),
            arrives_to=end_of(leaves + timedelta(days=way.days_to)),
        )
        for one, packs in order.lines:
            self._line(key, one, packs, weighed=state in UNPACKED)
            self._stock(code, state, (one, packs), at, at + kept() if story in OPEN else None)
        for step in order.steps:
            self._step(key, code, order, step)
        return self.sheet.rows["orders"][key - 1]

    def _line(self, order: int, key: str, packs: int, *, weighed: bool) -> None:
        goods = self.writer.goods[key]
        weighed = weighed and goods.weighed_within is not None
        self.sheet.add(
            OrderLine,
            order_id=order,
            sku_id=self.writer.skus[key],
            revision_id=self.writer.revisions[key],
            product_code=self.writer.products[key]["code"],
            name=goods.name,
            pack_amount=goods.pack_amount,
            pack_word=goods.unit,
            base_unit=base_unit(goods.unit),
            price=goods.price,
            quantity=packs,
            total=goods.price * packs,
            about_grams=goods.net_grams if weighed else None,
            weighed_within=goods.weighed_within if weighed else None,
            photo_digest=digests_of(goods.photos[:1], goods.type_code, self.writer.drawn)[0],
        )

    def _stock(self, code: str, state: S, line: tuple[str, int], at: datetime, until: datetime | None) -> None:
        key, packs = line
        how = HoldState.HELD if state in HELD else HoldState.FREED if state is S.CANCELLED else HoldState.SOLD
        hold = {"sku_id": self.writer.skus[key], "reference": code, "quantity": packs, "created_at": at}
        self.sheet.add(StockHold, **hold, state=how, expires_at=until, ended_at=None if how is HoldState.HELD else at)
        if how is HoldState.SOLD:
            manager = self.writer.managers[self.writer.goods[key].seller]
            self.writer.moved(key, -packs, Reason.SOLD, manager, at, code)
            if state is S.REFUSED:
                self.writer.moved(key, packs, Reason.CAME_BACK, manager, at, code)
            else:
                self.sold[key] += packs

    def _step(self, key: int, code: str, order: PlannedOrder, step: Step) -> None:
        at = self.writer.now - step.ago
        state = S.PLACED if step.action == "place" else S(LIFECYCLE.moves[step.action][1])
        actor = self.writer.managers[order.seller] if step.by == "cooperative" else None
        note = order.note if step.action in {"cancel", "refuse"} else ""
        event = {"order_id": key, "action": step.action, "state": state, "by": step.by, "actor_id": actor}
        self.sheet.add(OrderEvent, **event, note=note, at=at)
        self.sheet.audit(Order, key, f"order_{step.action}", actor, at, code=code, state=state.value, by=step.by)
        if step.action == "hand_over":
            parcel = {"carrier": CARRIER, "tracking": f"VTP{self.rng.randrange(10**9):09d}"}
            self.sheet.add(Shipment, order_id=key, **parcel, handed_over_at=at)
