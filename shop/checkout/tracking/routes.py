"""The buyer's page of a purchase: by link, found again by code and phone, cancelled while that is possible."""

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products.packs import pack_text
from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.checkout.tracking.forms import CancelForm, FindForm
from shop.checkout.tracking.rating import to_rate
from shop.checkout.tracking.timeline import facts
from shop.checkout.words import between
from shop.core import page
from shop.core.codes import find_order_codes, shown
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.networks import network_of
from shop.core.phones import mask_phone
from shop.notices.push.offer import key_for_offer
from shop.orders import links, queries, services
from shop.orders.changes.queries import changes_of, lines_now
from shop.orders.confirming import queries as confirmations
from shop.orders.confirming import services as confirming
from shop.orders.invoices import queries as invoices
from shop.orders.lifecycle import OrderState
from shop.orders.models import Answer as Said
from shop.orders.models import Order, Purchase
from shop.orders.parcels.queries import photographed
from shop.orders.talks.models import Side
from shop.orders.talks.queries import written
from shop.orders.talks.services import read
from shop.orders.talks.showing import talks
from shop.payments.methods import METHODS
from shop.payments.queries import states_of
from shop.payments.refunds import words as refunds
from shop.payments.refunds.queries import of_orders
from shop.shipping.methods import method_name

bp = Blueprint("tracking", __name__)

Answer = Response | str | tuple[str, int]
FINDS_AN_HOUR = 20
AN_HOUR = 3600


@bp.route("/purchases/<token>")
@public
def show(token: str) -> str:
    """Show every parcel of a purchase: how far it is, what is in it, whom to call."""
    purchase = purchase_of_link(token)
    keys = [order.id for order in purchase.orders]
    new = written(keys, Side.BUYER)
    if any(new.values()):
        with writing():
            read(keys, Side.BUYER)
        purchase = purchase_of_link(token)
    changes, money = changes_of(keys), states_of(keys)
    now = lines_now(purchase.orders, changes)
    return render_template(
        "shop/checkout/tracking/show.html",
        purchase=purchase,
        parcels=[(order, facts(order)) for order in purchase.orders],
        talks=talks(purchase.orders, Side.BUYER, new, written=new),
        to_rate=to_rate(purchase, now),
        now=now,
        changes=changes,
        photographed=photographed(purchase.orders),
        money=money,
        refunds=of_orders(key for key, state in money.items() if state.refunded),
        refund_words=refunds.STATES,
        why=refunds.why,
        unpaid=sum(
            order.due for order in purchase.orders if order.awaiting_payment and order.state is OrderState.PLACED
        ),
        pay_url=url_for("payments.pay", token=token) if "payments.pay" in current_app.view_functions else "",
        phone=mask_phone(purchase.receiver.phone),
        invoice=invoices.of(purchase.id),
        method=METHODS[purchase.method].name if purchase.method in METHODS else purchase.method.value,
        shown=shown,
        between=between,
        method_name=method_name,
        pack_text=pack_text,
        saving=_saving(purchase),
        push_key=key_for_offer() if is_own(purchase) else None,  # asked once there is an order, never on arrival
    )


@bp.route("/yes/<key>", methods=["GET", "POST"])
@public
def yes(key: str) -> Answer:
    """Let the receiver, by the link in the SMS, say that the goods are wanted; only the button says so."""
    asked = confirmations.by_key(key) or abort(404)
    purchase, waiting = asked[0].order.purchase, [one.order for one in asked if one.answer is Said.WAITING]
    if request.method == "POST":
        with writing():
            confirming.confirm(key)
        page.say(_("Thank you. The seller packs it now."))
    if request.method == "POST" or not waiting:
        return redirect(url_for("tracking.show", token=purchase.token))
    open_still = [order for order in waiting if order.state in {OrderState.PLACED, OrderState.ACCEPTED}]
    if not open_still:
        return redirect(url_for("tracking.show", token=purchase.token))
    return render_template(
        "shop/checkout/tracking/yes.html",
        purchase=purchase,
        orders=open_still,
        pack_text=pack_text,
        now=lines_now(open_still),
        shown=shown,
    )


def _saving(purchase: Purchase) -> str:
    """Say how name and address may be kept for the next time: by "code", by a "press", or not: ""."""
    person = maybe_me()
    if purchase.buyer_id is not None or not purchase.phone or purchase.gift is not None:
        return ""
    return "code" if person is None else "press" if person.phone == purchase.phone else ""


def is_own(purchase: Purchase) -> bool:
    """Say whether the buyer reads this, signed in; the link alone is anybody's."""
    return links.is_own(purchase, maybe_me())


@bp.route("/orders/find", methods=["GET", "POST"])
@public
def find() -> Answer:
    """Lead from the code and the phone to the purchase; what is unknown is not told apart from what does not match."""
    form = FindForm.of_request()
    if form.accepted():
        throttle.count(f"find:{network_of(request.remote_addr)}", FINDS_AN_HOUR, AN_HOUR)
        phone = str(form.phone.data)
        throttle.count(f"find-phone:{phone}", FINDS_AN_HOUR, AN_HOUR)
        codes = find_order_codes(form.code.data or "", current_app.extensions["settings"].code_prefix)
        purchase = queries.by_code_and_phone(codes[0], phone) if codes else None
        if purchase is not None:
            return redirect(url_for("tracking.show", token=purchase.token))
        form.refuse(DomainError(_l("No order has this code and this phone number. Check both.")))
    answer = render_template("shop/checkout/tracking/find.html", form=form)
    return (answer, 422) if form.errors else answer


@bp.route("/purchases/<token>/orders/<code>/cancellation", methods=["GET", "POST"])
@public
def cancellation(token: str, code: str) -> Answer:
    """Ask once more, then cancel one order of the purchase; refused when it is packed already."""
    purchase = purchase_of_link(token)
    order = next((order for order in purchase.orders if order.code == code), None)
    if order is None:
        abort(404)
    form = CancelForm.of_request()
    if form.accepted():
        person = maybe_me()
        with writing():
            again = db.session.execute(queries.one_of_purchase(token, code)).scalar_one()
            actor = person if person is not None and person.id == again.purchase.buyer_id else None
            services.cancel(again, actor, "buyer", form.reason.data)
        page.say(_("Order %(code)s is cancelled.", code=shown(code)))
        return redirect(url_for("tracking.show", token=token))
    if not order.allows("cancel"):
        page.say(_too_late(order), "warn")
        return redirect(url_for("tracking.show", token=token))
    answer = render_template(
        "shop/checkout/tracking/cancellation.html", form=form, purchase=purchase, order=order, shown=shown
    )
    return (answer, 422) if form.errors else answer


def _too_late(order: Order) -> str:
    if order.state is OrderState.CANCELLED:
        return _("Order %(code)s is cancelled.", code=shown(order.code))
    return _("Order %(code)s is packed already. Call the seller.", code=shown(order.code))


def purchase_of_link(token: str) -> Purchase:
    """Return the purchase of a link; 404 for one that is none, Gone for an old one."""
    return links.followed(token, maybe_me()) or abort(404)
