"""What the ledger must say, told anew from orders, vouchers, payments, refunds and transfers."""

from functools import cache
from typing import Any

from sqlalchemy import CompoundSelect, Select, Text, cast, exists, func, literal, select, union_all
from sqlalchemy.orm import aliased

from cooperatives.models import Cooperative
from shop.ledger.models import BETWEEN, Kind, LedgerEntry
from shop.orders.books import KINDS, VOUCHERS
from shop.orders.changes.models import Change
from shop.orders.models import Method, Order, OrderEvent
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.models import WHOLE, Payment, PaymentPart, PaymentState, Refund, RefundState
from shop.payments.passing.models import Passing
from shop.payments.province.models import VoucherPayout
from shop.payments.takings.models import Remittance
from shop.payments.transfers.models import Credit, CreditState, CreditUse
from shop.vouchers.models import Voucher

COLUMNS = ("kind", "debit", "credit", "source_id", "code", "seller_id", "amount", "at")
COMPARED = ("kind", "source_id", "code", "seller_id", "amount")


def expected() -> CompoundSelect[Any]:
    """Select every booking that there must be, with the columns of the ledger but its key."""
    money = *_of_payments(), *_of_refunds(), *_of_disputes(), *_of_passings(), *_of_credits()
    return union_all(*_of_orders(), *_of_changes(), *_of_vouchers(), *money, _of_carriers())


@cache
def missing() -> Any:
    """Select what should be booked so and is not; both accounts follow from the kind."""
    return _wanted().except_(_found())


@cache
def needless() -> Any:
    """Select what is booked and should not be, or not so."""
    return _found().except_(_wanted())


def _wanted() -> Any:
    rows = expected().subquery()
    return select(*(rows.c[name] for name in COMPARED))


def _found() -> Any:
    kind, entry = cast(LedgerEntry.kind, Text), LedgerEntry
    return select(kind.label("kind"), entry.source_id, entry.code, entry.seller_id, entry.amount)


def _booking(kind: Kind, *facts: Any) -> Select[Any]:
    """Select bookings of one kind; `facts` are source, code, seller, amount and moment."""
    row: list[Any] = [literal(word.value, Text) for word in (kind, *BETWEEN[kind])]
    return select(*(column.label(name) for name, column in zip(COLUMNS, (*row, *facts), strict=True)))


def _of_orders() -> list[Select[Any]]:
    return [
        _booking(kind, OrderEvent.id, Order.code, Order.cooperative_id, amount, OrderEvent.at)
        .join_from(OrderEvent, Order)
        .where(OrderEvent.action == action, amount > 0)
        for action, kind in KINDS.items()
        for amount in [Order.total + _changed() - _reduced() - _lost() if kind is Kind.ENDED else Order.total]
    ]


def _reduced() -> Any:
    """Count what went back, or is to go back, of an order that went on until this event ended it."""
    parts = PaymentPart.id == Refund.part_id, PaymentPart.order_id == Order.id
    rows = select(func.coalesce(func.sum(Refund.amount), 0)).where(*parts, Refund.reason.not_in(WHOLE), ~_resumed())
    return rows.correlate(Order, OrderEvent).scalar_subquery()


def _lost() -> Any:
    """Count what a lost dispute took off the sale before this event ended the order."""
    parts = PaymentPart.id == DisputeShare.part_id, PaymentPart.order_id == Order.id
    before = Dispute.id == DisputeShare.dispute_id, Dispute.lost_at <= OrderEvent.at
    rows = select(func.coalesce(func.sum(DisputeShare.sale), 0)).where(*parts, *before, ~_resumed())
    return rows.correlate(Order, OrderEvent).scalar_subquery()


def _changed() -> Any:
    """Count what changes had added to an order until this event ended it; of what was paid first, refunds say it."""
    before = Change.order_id == Order.id, Change.paid.is_(False), ~_resumed()
    rows = select(func.coalesce(func.sum(Change.delta), 0)).where(*before)
    return rows.correlate(Order, OrderEvent).scalar_subquery()


def _resumed() -> Any:
    """An order that was ended unpaid and taken up again had given nothing back by then."""
    later = aliased(OrderEvent)
    again = exists().where(later.order_id == Order.id, later.action == "resume", later.id > OrderEvent.id)
    return again.correlate(Order, OrderEvent)  # also from within another subquery


def _of_changes() -> list[Select[Any]]:
    what = Change.id, Order.code, Order.cooperative_id
    kinds = {Kind.LESS: (Change.delta < 0, -Change.delta), Kind.MORE: (Change.delta > 0, Change.delta)}
    return [
        _booking(kind, *what, amount, Change.ended_at).join_from(Change, Order).where(Change.paid.is_(False), which)
        for kind, (which, amount) in kinds.items()
    ]


def _of_vouchers() -> list[Select[Any]]:
    share = OrderEvent.id, Order.code, Order.cooperative_id, RedemptionShare.amount, OrderEvent.at
    paid, seller = VoucherPayout, (Cooperative.code, VoucherPayout.cooperative_id)
    steps = [
        _booking(kind, *share)
        .join_from(OrderEvent, Order)
        .join(RedemptionShare, RedemptionShare.order_id == Order.id)
        .join(Redemption, Redemption.id == RedemptionShare.redemption_id)
        .join(Voucher, Voucher.id == Redemption.voucher_id)
        .where(OrderEvent.action == action, Voucher.cooperative_id.is_(None))
        for action, kind in VOUCHERS.items()
    ]
    return [
        *steps,
        _booking(Kind.VOUCHER_PAID, paid.id, *seller, paid.amount, paid.noted_at).join_from(paid, Cooperative),
    ]


def _of_payments() -> list[Select[Any]]:
    at = func.coalesce(Payment.settled_at, Payment.created_at)
    part = PaymentPart.id, Order.code, Order.cooperative_id, PaymentPart.amount, at
    return [
        _booking(kind, *part)
        .join_from(PaymentPart, Payment)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Payment.state == PaymentState.PAID, Payment.method == method)
        for kind, method in ((Kind.CARD_PAID, Method.CARD), (Kind.CASH_TAKEN, Method.CASH))
    ]


def _of_refunds() -> list[Select[Any]]:
    went, failed = Refund.done_at.is_not(None), Refund.state == RefundState.FAILED
    card, hand, cash = (Payment.method == method for method in (Method.CARD, Method.BANK_QR, Method.CASH))
    wanted: dict[Kind, tuple[Any, ...]] = {
        Kind.SALE_REDUCED: (Refund.reason.not_in(WHOLE),),
        Kind.REFUND_PROMISED: (),
        Kind.REFUND_BY_CARD: (went, card),
        Kind.REFUND_BY_HAND: (went, hand),
        Kind.REFUND_IN_CASH: (went, cash),
        Kind.REFUND_BOUNCED: (went, failed),
        Kind.REFUND_FAILED: (failed,),
    }
    at = func.coalesce(Refund.done_at, Refund.created_at)
    return [
        _booking(
            kind,
            *(Refund.id, Order.code, Order.cooperative_id, Refund.amount),
            Refund.created_at if kind in {Kind.SALE_REDUCED, Kind.REFUND_PROMISED} else at,
        )
        .join_from(Refund, PaymentPart)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(*conditions)
        for kind, conditions in wanted.items()
    ]


def _of_disputes() -> list[Select[Any]]:
    share = DisputeShare.id, Order.code, Order.cooperative_id
    wanted = {
        Kind.DISPUTE_TAKEN: (DisputeShare.amount, Dispute.taken_at),
        Kind.DISPUTE_BACK: (DisputeShare.amount, Dispute.returned_at),
        Kind.DISPUTE_LOST: (DisputeShare.sale, Dispute.lost_at),
        Kind.DISPUTE_REPAID: (DisputeShare.repaid, Dispute.lost_at),
    }
    return [
        _booking(kind, *share, amount, at)
        .join_from(DisputeShare, Dispute)
        .join(PaymentPart, PaymentPart.id == DisputeShare.part_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(at.is_not(None), amount > 0)
        for kind, (amount, at) in wanted.items()
    ]


def _of_passings() -> list[Select[Any]]:
    step = Passing.id, Order.code, Order.cooperative_id, Passing.amount, Passing.done_at
    wanted = {Kind.PASSED_ON: Passing.back_of_id.is_(None), Kind.TAKEN_BACK: Passing.back_of_id.is_not(None)}
    return [
        _booking(kind, *step)
        .join_from(Passing, PaymentPart)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Passing.done_at.is_not(None), which)
        for kind, which in wanted.items()
    ]


def _of_credits() -> list[Select[Any]]:
    whose, left = (Credit.code, Credit.cooperative_id), Credit.amount - Credit.used
    at = func.coalesce(Credit.ended_at, Credit.received_at)
    settled = func.coalesce(Payment.settled_at, Payment.created_at)
    back, other = Credit.state == CreditState.SENT_BACK, Credit.state == CreditState.OTHER
    cash = Credit.state == CreditState.CASH
    uses = _booking(Kind.CREDIT_USED, CreditUse.id, *whose, CreditUse.amount, settled)
    return [
        _booking(Kind.CREDIT_CAME, Credit.id, *whose, Credit.amount, Credit.received_at),
        uses.join_from(CreditUse, Credit).join(Payment, Payment.id == CreditUse.payment_id),
        _booking(Kind.CREDIT_BACK, Credit.id, *whose, left, at).where(back, left > 0),
        _booking(Kind.CREDIT_OTHER, Credit.id, *whose, left, at).where(other, left > 0),
        _booking(Kind.CASH_PAID_IN, Credit.id, *whose, left, at).where(cash, left > 0),
    ]


def _of_carriers() -> Select[Any]:
    kept, seen = Remittance.due - Remittance.came, Remittance.seen_at.is_not(None)
    whose = Remittance.id, Remittance.code, Remittance.cooperative_id
    return _booking(Kind.FEE_KEPT, *whose, kept, Remittance.seen_at).where(seen, kept > 0)
