"""What `flask verify` proves about the ledger: it says what orders, payments, refunds and transfers say."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import case, func, select

from shop.core.db import db
from shop.ledger.models import Account
from shop.ledger.queries import balances
from shop.orders.changes.models import Change
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.payments.books import queries
from shop.payments.disputes.models import Dispute, DisputeShare
from shop.payments.models import WHOLE, Payment, PaymentPart, PaymentState, Refund, RefundState
from shop.payments.passing.models import Passing
from shop.payments.province.models import VoucherPayout
from shop.payments.takings.models import Remittance
from shop.payments.transfers.models import Credit, CreditState
from shop.vouchers.models import Voucher

A = Account
SEEN = Remittance.seen_at.is_not(None), Remittance.due > Remittance.came
ENDED = (OrderState.CANCELLED, OrderState.REFUSED)
PLACES = {Method.CARD: A.CARD, Method.BANK_QR: A.BANK, Method.CASH: A.CASH}


def every_step_is_booked() -> Iterator[str]:
    """Each order, settled payment, refund and amount that came has its bookings, with its own sum and seller."""
    yield from _differences("is not booked so", queries.missing())


def nothing_else_is_booked() -> Iterator[str]:
    """Each booking has its step."""
    yield from _differences("is booked, and no step says so", queries.needless())


def _differences(words: str, rows: Any) -> Iterator[str]:
    for kind, source, code, seller, amount in db.session.execute(rows):
        yield f"{code}: {kind} {source}, {amount} đồng of seller {seller}, {words}"


def balances_are_what_the_rows_make() -> Iterator[str]:
    """Each account of each seller holds what the states of the rows make, counted without their history."""
    kept, made = balances(), _counted()
    for seller in sorted(kept.keys() | made.keys()):
        for account in Account:
            booked, counted = kept.get(seller, {}).get(account, 0), made[seller][account]
            if booked != counted:
                yield f"seller {seller}: {booked} đồng in {account.value}, the rows make {counted}"


def _counted() -> dict[int, dict[Account, int]]:
    """Count anew what each seller's accounts must hold (đồng)."""
    made: dict[int, dict[Account, int]] = defaultdict(lambda: dict.fromkeys(Account, 0))
    for seller, sold in _sums(Order.cooperative_id, Order.total, Order.state.not_in(ENDED)):
        made[seller][A.SALES] += sold
        made[seller][A.BUYERS] += sold
    for seller, more in _changed():
        made[seller][A.SALES] += more
        made[seller][A.BUYERS] += more
    for seller, less in _reduced():
        made[seller][A.SALES] -= less
        made[seller][A.BUYERS] -= less
    for seller, state, taken, back, sale, repaid in db.session.execute(_disputed()):
        there, lost, ended = int(taken) - int(back), int(sale) + int(repaid), state in ENDED
        made[seller][A.CARD] -= there
        made[seller][A.DISPUTED] += there - lost
        made[seller][A.BUYERS] += int(repaid) + (int(sale) if ended else 0)
        made[seller][A.SALES] -= 0 if ended else int(sale)
    for seller, on, back_again in db.session.execute(_passed()):
        made[seller][A.CONNECTED] += int(on) - int(back_again)
        made[seller][A.CARD] -= int(on) - int(back_again)
    _count_vouchers(made)
    for method, account in ((Method.CARD, A.CARD), (Method.CASH, A.CASH), (Method.BANK_QR, None)):
        for seller, paid in _paid(method):
            made[seller][A.BUYERS] -= paid
            if account:
                made[seller][account] += paid
    for seller, came, waits in db.session.execute(_came()):
        made[seller][A.BANK] += int(came)
        made[seller][A.UNMATCHED] += int(waits)
    for seller, kept in _sums(Remittance.cooperative_id, Remittance.due - Remittance.came, *SEEN):
        made[seller][A.FEES] += kept
        made[seller][A.CASH] -= kept
    for seller, paid_in in _sums(Credit.cooperative_id, Credit.amount - Credit.used, Credit.state == CreditState.CASH):
        made[seller][A.CASH] -= paid_in
    for seller, method, state, back in db.session.execute(_back()):
        made[seller][A.BUYERS] += int(back)
        account, sign = (PLACES[method], -1) if state is RefundState.DONE else (A.REFUNDS, 1)
        made[seller][account] += sign * int(back)
    return made


def _sums(seller: Any, amount: Any, *conditions: Any) -> Any:
    rows = select(seller, func.sum(amount)).where(*conditions).group_by(seller)
    return ((key, int(total)) for key, total in db.session.execute(rows))


def _reduced() -> Any:
    """Count what goes back of orders that go on: so much less was sold, also where sending it failed."""
    part = PaymentPart.id == Refund.part_id, Order.id == PaymentPart.order_id
    return _sums(Order.cooperative_id, Refund.amount, *part, Refund.reason.not_in(WHOLE), Order.state.not_in(ENDED))


def _changed() -> Any:
    """Count what changes add to orders that go on and were not paid before; of those that were, refunds say it."""
    unpaid = Change.order_id == Order.id, Change.paid.is_(False), Order.state.not_in(ENDED)
    return _sums(Order.cooperative_id, Change.delta, *unpaid)


def _count_vouchers(made: dict[int, dict[Account, int]]) -> None:
    for seller, owed in _owed_by_province():
        made[seller][A.SALES] += owed
        made[seller][A.PROVINCE] += owed
    for seller, came in _sums(VoucherPayout.cooperative_id, VoucherPayout.amount):
        made[seller][A.PROVINCE] -= came
        made[seller][A.BANK] += came


def _owed_by_province() -> Any:
    share = Redemption.id == RedemptionShare.redemption_id, Order.id == RedemptionShare.order_id
    province = Voucher.id == Redemption.voucher_id, Voucher.cooperative_id.is_(None)
    return _sums(Order.cooperative_id, RedemptionShare.amount, *share, *province, Order.state.not_in(ENDED))


def _paid(method: Method) -> Any:
    parts = PaymentPart.payment_id == Payment.id, Order.id == PaymentPart.order_id
    settled = Payment.state == PaymentState.PAID, Payment.method == method
    return _sums(Order.cooperative_id, PaymentPart.amount, *parts, *settled)


def _disputed() -> Any:
    taken = case((Dispute.taken_at.is_not(None), DisputeShare.amount), else_=0)
    back = case((Dispute.returned_at.is_not(None), DisputeShare.amount), else_=0)
    sums = (func.sum(amount) for amount in (taken, back, DisputeShare.sale, DisputeShare.repaid))
    return (
        select(Order.cooperative_id, Order.state, *sums)
        .join_from(DisputeShare, Dispute)
        .join(PaymentPart, PaymentPart.id == DisputeShare.part_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .group_by(Order.cooperative_id, Order.state)
    )


def _passed() -> Any:
    out, back = (
        func.sum(case((which, Passing.amount), else_=0))
        for which in (Passing.back_of_id.is_(None), Passing.back_of_id.is_not(None))
    )
    parts = select(Order.cooperative_id, out, back).join_from(Passing, PaymentPart)
    parts = parts.join(Order, Order.id == PaymentPart.order_id).where(Passing.done_at.is_not(None))
    return parts.group_by(Order.cooperative_id)


def _came() -> Any:
    stays = case((Credit.state.in_((CreditState.WAITING, CreditState.CASH)), Credit.amount), else_=Credit.used)
    waits = case((Credit.state == CreditState.WAITING, Credit.amount - Credit.used), else_=0)
    return select(Credit.cooperative_id, func.sum(stays), func.sum(waits)).group_by(Credit.cooperative_id)


def _back() -> Any:
    what = Order.cooperative_id, Payment.method, Refund.state
    return (
        select(*what, func.sum(Refund.amount))
        .join(PaymentPart, PaymentPart.id == Refund.part_id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Refund.state != RefundState.FAILED)
        .group_by(*what)
    )


CHECKS: list[Callable[[], Iterable[str]]] = [
    every_step_is_booked,
    nothing_else_is_booked,
    balances_are_what_the_rows_make,
]
