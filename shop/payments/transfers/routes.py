"""The page on which a buyer transfers: one QR after the other, each to its seller; the page sees the money come."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.banks import BANKS
from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.core import clock, page
from shop.core.codes import shown, token_digest
from shop.core.db import writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.core.present import origin
from shop.core.qr import picture as drawn
from shop.core.qr import square
from shop.orders import queries as orders
from shop.payments import policies, services
from shop.payments.models import Payment, PaymentState
from shop.payments.queries import no_cash
from shop.payments.transfers import queries, vietqr
from shop.payments.transfers.models import TransferBill

bp = Blueprint("transfers", __name__)

Answer = Response | str | tuple[str, int]
TRIES, WITHIN = 10, 600  # changes to cash for one purchase in ten minutes


@bp.get("/pay/<token>/transfers")
@public
def show(token: str) -> Answer:
    """Show the QR of the first order that is not paid yet, or of the one in the address, and how the others stand."""
    return _page(token, request.args.get("order", ""))


@bp.get("/pay/<token>/transfers/state")
@public
def state(token: str) -> Response:
    """Say how every transfer of the purchase stands, in a form the page compares with what it showed."""
    answer = jsonify(state=_digest(_bills(token)))
    answer.cache_control.no_store = True
    return answer


@bp.get("/pay/<token>/transfers/<code>.png")
@public
def picture(token: str, code: str) -> Response:
    """Draw the QR of one order to be kept on the phone: most people pay on the phone they order with."""
    body = drawn(payload(_bill(token, code)))
    return Response(body, mimetype="image/png", headers={"Cache-Control": "private, no-store"})


@bp.post("/pay/<token>/transfers/<code>/cash")
@public
def cash(token: str, code: str) -> Answer:
    """Pay this order at the door after all."""
    bill, person = _bill(token, code, ended_too=True), maybe_me()
    throttle.count(f"pay:{token_digest(token)}", TRIES, WITHIN)
    actor = person if person is not None and person.id == bill.payment.purchase.buyer_id else None
    try:
        with writing():
            services.pay_at_the_door(bill.payment_id, actor)
    except DomainError as problem:
        return _page(token, code, problem)
    page.say(_("You pay %(seller)s in cash when it arrives.", seller=bill.cooperative.name))
    waits = any(_waits(one) for one in _bills(token))
    return redirect(url_for(".show" if waits else "tracking.show", token=token))


def payload(bill: TransferBill) -> str:
    """Return the text of the QR of one transfer, for what is still missing of it."""
    return vietqr.encode(vietqr.Transfer(bill.bank_bin, bill.account, missing(bill), bill.memo))


def missing(bill: TransferBill) -> int:
    """Return what is still to be paid of one transfer, in đồng."""
    return bill.payment.amount - queries.came_before([bill.memo]).get(bill.memo, 0)


def _page(token: str, wanted: str = "", problem: DomainError | None = None) -> Answer:
    bills = _bills(token)
    waiting = [bill for bill in bills if _waits(bill)]
    chosen = next((bill for bill in waiting if bill.memo == wanted), waiting[0] if waiting else None)
    rows = [(bill, *_words(bill)) for bill in bills]
    kinds = {kind for _bill, _word, kind in rows}
    if chosen is None and "off" not in kinds:
        if problem is None and "ok" in kinds:
            page.say(_("Paid. The sellers now prepare your goods."))
        return redirect(url_for("tracking.show", token=token))
    answer = render_template(
        "shop/payments/transfers.html",
        token=token,
        rows=rows,
        bill=chosen,
        number=bills.index(chosen) + 1 if chosen else 0,
        state=_digest(bills),
        shown=shown,
        problem=problem,
        page_url=origin() + url_for(".show", token=token),
        **(_asked(chosen) if chosen else {}),
    )
    return (answer, problem.status) if problem else answer


def _asked(bill: TransferBill) -> dict[str, Any]:
    rest, text = missing(bill), payload(bill)
    return {
        "missing": rest,
        "came": bill.payment.amount - rest,
        "bank": BANKS.get(bill.bank_bin, bill.bank_bin),
        "qr": square(text),
        "qr_text": text,  # for the test bank, where one stands in
        "no_cash": no_cash(bill.payment.purchase, [bill.payment.parts[0].order]),
    }


def _waits(bill: TransferBill) -> bool:
    payment: Payment = bill.payment
    in_time = payment.expires_at is None or payment.expires_at > clock.now()
    return payment.state is PaymentState.WAITING and in_time and policies.waits(payment.parts[0].order)


def _words(bill: TransferBill) -> tuple[str, str]:
    """How one transfer stands, and the kind of its mark."""
    if bill.payment.state is PaymentState.PAID:
        return _("Paid"), "ok"
    if _waits(bill):
        return _("Not paid yet"), "todo"
    in_cash = bill.payment.state is PaymentState.LAPSED and not bill.payment.parts[0].order.awaiting_payment
    return (_("In cash when it arrives"), "doing") if in_cash else (_("Time is over"), "off")


def _digest(bills: list[TransferBill]) -> str:
    came = queries.came_before([bill.memo for bill in bills])
    return token_digest(" ".join(f"{bill.memo}:{_words(bill)[1]}:{came.get(bill.memo, 0)}" for bill in bills))[:16]


def _bills(token: str) -> list[TransferBill]:
    purchase = orders.by_token(token)
    bills = queries.bills_of(purchase.id) if purchase is not None else []
    if not bills:
        abort(404)
    return bills


def _bill(token: str, code: str, *, ended_too: bool = False) -> TransferBill:
    bill = next((bill for bill in _bills(token) if bill.memo == code and (ended_too or _waits(bill))), None)
    if bill is None:
        abort(404)
    return bill
