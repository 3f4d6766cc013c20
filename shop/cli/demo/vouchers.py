"""Vouchers of the demo in every state, and the orders that used them."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NamedTuple

from shop.cli.demo.market import Writer
from shop.cli.demo.market_types import Purchase as PlannedPurchase
from shop.orders.lifecycle import OrderState
from shop.orders.redemptions.lifecycle import RedemptionState, ShareState
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.payments.province.models import VoucherPayout
from shop.vouchers.lifecycle import VoucherState
from shop.vouchers.models import Reach, Voucher, VoucherKind, VoucherPerson, VoucherReach
from shop.vouchers.people import Buyer, digests
from shop.vouchers.sharing import shares
from shop.vouchers.words import key_of

SHARE = {OrderState.CANCELLED: ShareState.GIVEN_BACK, OrderState.REFUSED: ShareState.FORFEITED}
PAID_AFTER = timedelta(days=20)


class Plan(NamedTuple):
    """A voucher: whose (a place in the list of sellers, None: the province's), what it takes off, its days from now."""

    code: str
    seller: int | None
    value: int
    days: tuple[int, int]
    uses_most: int = 500
    kind: VoucherKind = VoucherKind.AMOUNT
    most: int | None = None
    least_goods: int = 0
    first_only: bool = False
    ended: bool = False


PERCENT = VoucherKind.PERCENT
USED = (  # by orders of the demo, the first that fits a purchase
    Plan("MAUTHANG9", 0, 20_000, (-95, 7), uses_most=2),  # so used up
    Plan("CHEXUAN15", 0, 15_000, (-95, 30), least_goods=150_000),
    Plan("LAICHAU26", None, 20_000, (-95, 45), least_goods=200_000),
)
OTHERS = (
    Plan("TETNGUYENDAN", 0, 10, (20, 50), kind=PERCENT, most=50_000),  # planned
    Plan("KHACHMOI", 1, 15, (-10, 60), kind=PERCENT, most=30_000, first_only=True),
    Plan("TRUNGTHU", 0, 10, (-90, -60), kind=PERCENT),  # over
    Plan("NHAMLAN", 0, 50_000, (-20, 20), ended=True),
    Plan("VUNGCAO", None, 10, (-5, 60), kind=PERCENT, most=40_000),  # for some communes
)
EACH = 25  # uses of one voucher at most, so that most orders have none


class Vouchers:
    """Writes vouchers onto the sheet of a Writer that wrote people, and their uses as purchases are written."""

    def __init__(self, writer: Writer, admin: int) -> None:
        self.writer, self.sheet, self.admin = writer, writer.sheet, admin
        self.sellers = [one for one in writer.market.sellers if one.key in writer.sellers]
        self.keys = {plan.code: self._voucher(plan) for plan in (*USED, *OTHERS)}
        self.uses: Counter[str] = Counter()
        self.people: Counter[tuple[int, str]] = Counter()
        communes = {one.commune for one in self.sellers[:6]}
        for code in sorted(communes):
            self.sheet.add(VoucherReach, voucher_id=self.keys["VUNGCAO"], commune_code=code, cooperative_id=None)

    def _voucher(self, plan: Plan) -> int:
        first, last = (self.writer.now + timedelta(days=number) for number in plan.days)
        seller = None if plan.seller is None else self.sellers[plan.seller].key
        actor = self.admin if seller is None else self.writer.managers[seller]
        made, ended = min(first, self.writer.now - timedelta(days=2)), self.writer.now - timedelta(days=1)
        province = Reach.COMMUNES if plan.code == "VUNGCAO" else Reach.ALL
        key = self.sheet.add(
            Voucher,
            code=plan.code,
            key=key_of(plan.code),
            cooperative_id=None if seller is None else self.writer.sellers[seller],
            kind=plan.kind,
            value=plan.value,
            most=plan.most,
            least_goods=plan.least_goods,
            reach=province if seller is None else Reach.OWN,
            starts_at=first,
            ends_at=last,
            uses_most=plan.uses_most,
            uses=0,
            person_most=1 if plan.first_only else min(EACH, plan.uses_most),
            first_only=plan.first_only,
            state=VoucherState.ENDED if plan.ended else VoucherState.ACTIVE,
            made_by_id=actor,
            made_at=made,
            ended_by_id=actor if plan.ended else None,
            ended_at=ended if plan.ended else None,
        )
        self.sheet.audit(Voucher, key, "voucher_made", actor, made, code=plan.code)
        return key

    def off(self, planned: PlannedPurchase, goods: Sequence[int]) -> tuple[Plan | None, list[int]]:
        """Return the voucher of a planned purchase and what it takes off each order's goods (đồng); none for most."""
        sellers = [order.seller for order in planned.orders]
        for plan in USED if not planned.story else ():
            mine = [
                amount if plan.seller is None or seller == self.sellers[plan.seller].key else 0
                for seller, amount in zip(sellers, goods, strict=True)
            ]
            if sum(mine) >= max(1, plan.least_goods) and self.uses[plan.code] < min(EACH, plan.uses_most):
                return plan, shares(plan.value, mine, [amount // 2 for amount in mine])
        return None, [0] * len(goods)

    def used(self, plan: Plan | None, purchase: int, buyer: Buyer, orders: Sequence[dict[str, Any]]) -> None:
        """Write the use of a voucher by the orders (rows) of a purchase."""
        parts = [order for order in orders if order["discount"]]
        if plan is None or not parts:
            return
        key, at = self.keys[plan.code], orders[0]["placed_at"]
        people = digests(key, buyer)
        back = all(order["state"] is OrderState.CANCELLED for order in parts)
        state = RedemptionState.GIVEN_BACK if back else RedemptionState.TAKEN
        amount = sum(order["discount"] for order in parts)
        row = {"voucher_id": key, "purchase_id": purchase, "amount": amount, "people": people, "state": state}
        made = self.sheet.add(Redemption, **row, at=at, given_back_at=at if back else None)
        for order in parts:
            share = {"order_id": order["id"], "amount": order["discount"]}
            how = SHARE.get(order["state"], ShareState.TAKEN)
            self.sheet.add(RedemptionShare, redemption_id=made, **share, state=how)
            if plan.seller is None and order["state"] is OrderState.DELIVERED:
                self._paid(order)
        if not back:
            self.uses[plan.code] += 1
            self.people.update((key, person) for person in people)

    def _paid(self, order: dict[str, Any]) -> None:
        """The province pays what is older, one transfer an order."""
        if order["placed_at"] < self.writer.now - PAID_AFTER:
            what = {"cooperative_id": order["cooperative_id"], "amount": order["discount"]}
            at = order["placed_at"] + PAID_AFTER
            self.sheet.add(VoucherPayout, **what, reference=f"FT{order['code']}", noted_by_id=self.admin, noted_at=at)

    def write(self) -> None:
        """Write how often each was used, when all purchases are written."""
        for code, uses in self.uses.items():
            self.sheet.rows["vouchers"][self.keys[code] - 1]["uses"] = uses
        for (voucher, person), uses in self.people.items():
            self.sheet.plain(VoucherPerson, voucher_id=voucher, person=person, uses=uses)
