"""The money behind the demo's orders: cash and transfers by order, cards by purchase, refunds of what was cancelled."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from shop.cli.demo.sheet import Sheet
from shop.cli.demo.transfers import LATER, OPEN, PAID, Transfers, kept
from shop.core import clock
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from shop.payments.models import Payment, PaymentEvent, PaymentPart, PaymentState, Refund, RefundState
from shop.payments.takings.models import CashTaking, Remittance, TakingState
from shop.shipping.methods import OWN_HAND

CARRIER = "Viettel Post"
FEE, WITH_A_FEE = 8_000, 4  # đồng a carrier keeps of one sum in so many
ENDED = {OrderState.CANCELLED, OrderState.REFUSED}


class Money:
    """Writes payments onto a sheet."""

    def __init__(self, sheet: Sheet, managers: Mapping[int, int], transfers: Transfers) -> None:
        self.sheet, self.transfers = sheet, transfers
        self.managers = managers  # cooperative -> who looks after its money
        self.wet = False  # one delivered order of a card had wet goods

    def pay(self, purchase: int, method: Method, orders: list[dict[str, Any]], secret: str, story: str) -> None:
        """Write what was due and paid for the orders (rows) of a purchase; `story` is that of a transfer."""
        if method is Method.CARD:
            self._payment(purchase, method, orders, secret)
        elif method is Method.BANK_QR:
            for order in orders:
                self._transfer(purchase, order, story)
        else:
            for order in orders:
                self._payment(purchase, method, [order], order["code"])

    def _payment(self, purchase: int, method: Method, orders: list[dict[str, Any]], name: str) -> None:
        at, card = orders[0]["placed_at"], method is Method.CARD
        state = _state(card, {order["state"] for order in orders})
        paid = state is PaymentState.PAID
        key = self.sheet.add(
            Payment,
            purchase_id=purchase,
            method=method,
            amount=sum(order["total"] for order in orders),
            currency="VND",
            state=state,
            idempotency_key=f"{method.value}-{name}",
            provider_session=f"cs_test_demo_{name}" if card else None,
            provider_reference=f"pi_demo_{name}" if card else None,
            looked_at=at if card else None,
            tries=0,
            created_at=at,
            expires_at=None,
            settled_at=at if paid else None,
        )
        self.sheet.add(PaymentEvent, payment_id=key, kind="due", facts={"demo": True}, at=at)
        if paid:
            self.sheet.add(PaymentEvent, payment_id=key, kind="settled", facts={"demo": True}, at=at)
        for order in orders:
            part = self._part(key, order, back=order["total"] if card and order["state"] in ENDED else 0)
            if card and order["state"] is OrderState.DELIVERED and not self.wet:
                self.wet = True
                self._some(part, order)
        if paid and method is Method.CASH:
            self._taking(key, orders[0])

    def _taking(self, payment: int, order: dict[str, Any]) -> None:
        """Write who has the cash: of the last two weeks the carrier still, before that the seller."""
        at, own = order["arrives_to"], order["ship_method"] in OWN_HAND
        at = min(at, clock.now())
        seller, recent = order["cooperative_id"], at > clock.now() - timedelta(days=14)
        facts = {"payment_id": payment, "cooperative_id": seller, "amount": order["total"], "collected_at": at}
        state = TakingState.COLLECTED if recent and not own else TakingState.RECONCILED
        remittance = None
        if state is TakingState.RECONCILED and not own:
            kept = FEE if payment % WITH_A_FEE == 0 and order["total"] > FEE else 0
            sums = {"cooperative_id": seller, "carrier": CARRIER, "due": order["total"], "came": order["total"] - kept}
            who = {"noted_by_id": self.managers[seller], "seen_by_id": self.managers[seller]}
            seen = {"noted_at": at, "seen_at": at, "because": "Phí thu hộ" if kept else "", "reference": ""}
            remittance = self.sheet.add(Remittance, code=f"CASH{payment:08d}", **sums, **who, **seen)
        there = at if state is TakingState.RECONCILED else None
        whose = {"carrier": "" if own else CARRIER, "remittance_id": remittance, "told_at": at}
        self.sheet.plain(CashTaking, **facts, **whose, state=state, reconciled_at=there)

    def _transfer(self, purchase: int, order: dict[str, Any], story: str) -> None:
        at, paid = order["placed_at"], story in PAID
        state = PaymentState.PAID if paid else PaymentState.WAITING if story in OPEN else PaymentState.LAPSED
        ended = None if story in OPEN else at + (LATER if paid else kept())
        key = self.sheet.add(
            Payment,
            purchase_id=purchase,
            method=Method.BANK_QR,
            amount=order["total"],
            currency="VND",
            state=state,
            idempotency_key=f"bank-{order['code']}",
            provider_session=None,
            provider_reference=None,
            looked_at=None,
            tries=0,
            created_at=at,
            expires_at=at + kept(),
            settled_at=ended,
        )
        self.sheet.add(PaymentEvent, payment_id=key, kind="due", facts={"demo": True}, at=at)
        if ended:
            kind = "settled" if paid else "lapsed"
            self.sheet.add(PaymentEvent, payment_id=key, kind=kind, facts={"demo": True}, at=ended)
        self.transfers.bill(key, order, story)
        back = paid and order["state"] in ENDED
        part = self.sheet.add(
            PaymentPart, payment_id=key, order_id=order["id"], amount=order["total"], refunded=back * order["total"]
        )
        if back:
            self._by_hand(part, order, done=story != "to_send_back")

    def _by_hand(self, part: int, order: dict[str, Any], *, done: bool) -> None:
        """What a seller sends back, or has sent back, by hand."""
        at, code = order["placed_at"] + LATER * 20, order["code"]
        reason = "cancelled" if order["state"] is OrderState.CANCELLED else "refused"
        state = RefundState.DONE if done else RefundState.DUE
        keys = {"idempotency_key": f"refund-{code}-{reason}-1", "provider_reference": None}
        row = {"part_id": part, "amount": order["total"], "reason": reason, "why": "", "state": state}
        self.sheet.add(Refund, **row, **keys, tries=0, created_at=at, done_at=at if done else None)

    def _some(self, part: dict[str, Any], order: dict[str, Any]) -> None:
        """Part of the money of an order went back while it went on: some goods were wet."""
        amount, at = order["goods_total"] // 10_000 * 1_000, order["arrives_to"]
        part["refunded"] = amount
        keys = {"idempotency_key": f"refund-{order['code']}-line-0-1", "provider_reference": f"re_some_{order['code']}"}
        what = {"part_id": part["id"], "amount": amount, "reason": "line-0-1", "why": "Hai gói bị ướt.", "tries": 1}
        self.sheet.add(Refund, **what, **keys, state=RefundState.DONE, created_at=at, done_at=at)

    def _part(self, payment: int, order: dict[str, Any], back: int) -> dict[str, Any]:
        at = order["placed_at"]
        amounts = {"amount": order["total"], "refunded": back}
        part = self.sheet.add(PaymentPart, payment_id=payment, order_id=order["id"], **amounts)
        if back:
            reason = "cancelled" if order["state"] is OrderState.CANCELLED else "refused"
            keys = {
                "idempotency_key": f"refund-{order['code']}",
                "provider_reference": f"re_demo_{order['code']}",
            }
            refund = {"part_id": part, "amount": back, "reason": reason, "why": "", "state": RefundState.DONE}
            self.sheet.add(Refund, **refund, **keys, tries=1, created_at=at, done_at=at)
        return self.sheet.rows[PaymentPart.__tablename__][part - 1]


def _state(card: bool, states: set[OrderState]) -> PaymentState:
    if card or states == {OrderState.DELIVERED}:
        return PaymentState.PAID
    return PaymentState.LAPSED if states <= ENDED else PaymentState.WAITING
