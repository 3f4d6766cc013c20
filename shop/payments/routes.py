"""The pay page between checkout and the provider, the way back from it, and the provider's webhook."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.core import clock, page
from shop.core.codes import shown, token_digest
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError
from shop.core.forgery import signed_webhook
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.logs import log
from shop.orders import queries as orders
from shop.orders.models import Method, Purchase
from shop.payments import policies, queries, services
from shop.payments.inbox.tasks import receive
from shop.payments.methods import CARD
from shop.payments.methods.base import NoAnswer, NotProven, Refused
from shop.payments.models import Payment, PaymentState
from shop.payments.online.tasks import compare, end_page, open_page

bp = Blueprint("payments", __name__)

Answer = Response | str | tuple[str, int]
TRIES, WITHIN = 10, 600  # pages opened for one purchase in ten minutes
UNSURE = _l("The card company does not answer. Try again in a few minutes.")


@bp.get("/pay/<token>")
@public
def pay(token: str) -> Answer:
    """Show what is to be paid until when, and the link to the provider's page, which is opened here once."""
    if _by_transfer(token):
        return redirect(url_for("transfers.show", token=token))
    payment = _payment(token)
    if payment is None or payment.state is PaymentState.PAID:
        return redirect(url_for("tracking.show", token=token))
    if payment.provider_session is None and not queries.did_not_open(payment):
        open_page(payment.id)
    return _page(payment.id)


@bp.post("/pay/<token>/opening")
@public
def opening(token: str) -> Answer:
    """Try once more to open the provider's page."""
    payment = _payment(token)
    if payment is not None:
        throttle.count(f"pay:{token_digest(token)}", TRIES, WITHIN)
        open_page(payment.id)
    return redirect(url_for("payments.pay", token=token))


@bp.post("/pay/<token>/cash")
@public
def cash(token: str) -> Answer:
    """Pay at the door after all; first the provider's page is ended, so that nobody pays twice."""
    payment = _payment(token)
    if payment is None:
        return redirect(url_for("tracking.show", token=token))
    throttle.count(f"pay:{token_digest(token)}", TRIES, WITHIN)
    try:
        end_page(payment.id)
    except (NoAnswer, Refused):
        return _page(payment.id, Conflict(UNSURE))
    person = maybe_me()
    try:
        with writing():
            buyer = queries.one(payment.id).purchase.buyer_id
            services.pay_at_the_door(payment.id, person if person is not None and person.id == buyer else None)
    except DomainError as problem:
        return _page(payment.id, problem)
    page.say(_("You pay in cash when it arrives."))
    return redirect(url_for("tracking.show", token=token))


@bp.get("/pay/<token>/return")
@public
def back(token: str) -> Answer:
    """Come back from the provider: ask it what happened, whatever the address says, and lead on."""
    payment = _payment(token)
    if payment is not None and payment.state is PaymentState.WAITING:
        try:
            compare(payment.id)
        except (NoAnswer, Refused) as problem:
            log.warning("return_not_compared", payment=payment.id, problem=str(problem))
        payment = queries.one(payment.id)
    if payment is not None and payment.state is PaymentState.WAITING:
        return render_template("shop/payments/back.html", token=token, amount=payment.amount)
    if payment is not None and payment.state is PaymentState.LAPSED:
        return redirect(url_for("payments.pay", token=token))
    page.say(_("Paid. The sellers now prepare your goods."))
    return redirect(url_for("tracking.show", token=token))


@bp.post("/webhooks/stripe")
@signed_webhook
def stripe() -> Response:
    """Take an event whose signature over the raw body proves it: stored once, then applied; a repeat does nothing."""
    try:
        told = CARD.proven(request.get_data(), request.headers.get("Stripe-Signature", ""))
    except NotProven as problem:
        log.warning("webhook_refused", problem=str(problem))
        return Response("not proven\n", 400, mimetype="text/plain")
    receive(told)
    return Response("kept\n", mimetype="text/plain")


def _by_transfer(token: str) -> bool:
    purchase = orders.by_token(token)
    if purchase is None or purchase.method is not Method.BANK_QR:
        return False
    _opened(purchase)
    return True


def _payment(token: str) -> Payment | None:
    """Return the provider's payment of a link's purchase, None for one paid without; 404 for no purchase."""
    purchase = orders.by_token(token)
    if purchase is None:
        abort(404)
    if purchase.method is not Method.CARD:
        return None
    _opened(purchase)
    return queries.online_of(purchase.id)


def _opened(purchase: Purchase) -> None:
    """Keep what is to be paid, where the machine stopped between placing and that."""
    if not queries.of_purchase(purchase.id):
        with writing():
            services.open_payment(db.session.get_one(Purchase, purchase.id))


def _page(payment_id: int, problem: DomainError | None = None) -> Answer:
    payment, now = queries.one(payment_id), clock.now()
    waiting = [part.order for part in payment.parts if policies.waits(part.order)]
    answer = render_template(
        "shop/payments/pay.html",
        payment=payment,
        purchase=payment.purchase,
        over=not waiting or policies.is_over(payment, now),
        minutes=policies.minutes_left(payment, now),
        problem=problem,
        no_cash=queries.no_cash(payment.purchase, waiting),
        shown=shown,
    )
    return (answer, problem.status) if problem else answer
