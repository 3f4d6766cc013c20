"""Checkout in two pages, without an account: the details, then check and place."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.dispatch.words import closed_line
from products.packs import pack_text
from products.stock.services import SoldOut
from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.cart import queries as carts
from shop.cart import services as cart_services
from shop.cart.models import Cart
from shop.cart.routes import my_cart, show_count
from shop.cart.view import CartView
from shop.cart.words import said
from shop.checkout.forms import DetailsForm, details_of, remembered
from shop.checkout.words import arrival
from shop.core import clock, page
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.networks import network_of
from shop.core.number_words import number_words
from shop.core.phones import show_phone
from shop.core.present import settings
from shop.orders import paying, placing, services
from shop.orders.limits import queries as limits
from shop.orders.limits.policies import hoarding
from shop.orders.models import Method
from shop.orders.placing import Details, NotForSale, PriceChanged
from shop.orders.redemptions.queries import buyer_of
from shop.payments.methods import METHODS
from shop.payments.methods.base import Bill, PaymentMethod, Share
from shop.payments.services import open_payment
from shop.places import queries as places

bp = Blueprint("checkout", __name__)

Answer = Response | str | tuple[str, int]
ORDERS_A_DAY = 20  # of one phone number: a bound for pranks, far above what anybody needs
A_DAY = 86_400


@bp.route("/checkout", methods=["GET", "POST"])
@public
def details() -> Answer:
    """Ask who receives, and where; without scripts one button fetches the communes of the province."""
    cart = my_cart()
    view = carts.view(cart, current_language()) if cart else None
    if cart is None or view is None or not view.parcels or view.faulty:
        return redirect(url_for("cart.index"))
    form = DetailsForm.of_request(data=remembered(cart, maybe_me()))
    form.offer()
    asks_for_communes = "choose_province" in request.form
    if not asks_for_communes and form.accepted():
        away = view.to(form.province.data, form.commune.data, current_language()).unsendable
        if not away:
            with writing():
                cart_services.keep_details(db.session.get_one(Cart, cart.id), **form.kept())
            return redirect(url_for("checkout.confirmation"))
        sellers = ", ".join(parcel.seller.name for parcel in away)
        form.refuse(Invalid("province", _("%(sellers)s cannot send these goods so far.", sellers=sellers)))
    answer = render_template("shop/checkout/details.html", form=form, view=view, older=places.with_older_names())
    return (answer, 422) if form.errors else answer


@bp.route("/checkout/confirmation")
@public
def confirmation() -> Answer:
    """Show everything once more, with the ways to pay."""
    return _confirmation(my_cart())


@bp.route("/checkout/ways", methods=["POST"])
@public
def ways() -> Answer:
    """Choose how one parcel travels."""
    cart = my_cart()
    told = details_of(cart, current_language()) if cart else None
    if cart is None or told is None:
        return redirect(url_for("checkout.details"))
    parcels = {parcel.seller.code: parcel for parcel in _view(cart, told).parcels}
    parcel = parcels.get(request.form.get("seller", ""))
    wanted = request.form.get("way", "")
    if parcel is not None and wanted in {way.method for way in parcel.ways}:
        with writing():
            chosen = {**told.ways, parcel.seller.code: wanted}
            cart_services.keep_details(db.session.get_one(Cart, cart.id), ways=chosen)
    return redirect(url_for("checkout.confirmation"))


@bp.route("/checkout/confirmation", methods=["POST"])
@public
def placing_order() -> Answer:
    """Place the purchase the page showed; the same submit again leads to the same purchase."""
    cart = my_cart()
    attempt, seen = request.form.get("attempt", ""), request.form.get("seen", "")
    try:
        method = Method(request.form.get("method", ""))
    except ValueError:
        return _confirmation(cart, DomainError(_l("Choose how to pay.")))
    if cart is None:
        return redirect(url_for("cart.index"))
    faulty = _faulty(cart, method, attempt, seen)
    try:
        if faulty is not None:
            placing.refuse_problems(faulty)
        if told := details_of(cart, current_language()):
            network = (f"place-net:{network_of(request.remote_addr)}", settings().orders_a_network, A_DAY)
            throttle.count_each([(f"place:{told.phone}", ORDERS_A_DAY, A_DAY), network])
        with writing():
            token = _place(cart.id, method, attempt, seen)
    except (SoldOut, NotForSale, PriceChanged) as problem:
        return _refused(problem, faulty)
    except DomainError as problem:
        return _confirmation(my_cart(), problem)
    if token is None:
        return redirect(url_for("checkout.details"))
    return _placed(token, method)


def _faulty(cart: Cart, method: Method, attempt: str, seen: str) -> CartView | None:
    """Return the cart when something already stands in the way, read without the write lock: a rush ends here."""
    told = details_of(cart, current_language())
    view = _view(cart, told) if told else None
    if view is None or not view.faulty or services.placed_before(attempt, method, seen) is not None:
        return None
    return view


def _place(cart_id: int, method: Method, attempt: str, seen: str) -> str | None:
    """Return the link's token of the purchase, new or made by this submit before; None where details are missing."""
    cart = db.session.get_one(Cart, cart_id, with_for_update=True, populate_existing=True)
    purchase = services.placed_before(attempt, method, seen)
    if purchase is None:
        told = details_of(cart, current_language())
        if told is None:
            return None
        purchase = services.place(cart, told, method, attempt, maybe_me(), seen=seen)
        open_payment(purchase, new=True)
    return purchase.token


def _placed(token: str, method: Method) -> Response:
    if method is not Method.CASH and "payments.pay" in current_app.view_functions:
        answer = redirect(url_for("payments.pay", token=token))
    else:
        page.say(_("Order placed. Keep this page: it shows where your goods are."))
        answer = redirect(url_for("tracking.show", token=token))
    show_count(answer, 0)
    return answer


def _view(cart: Cart, told: Details) -> CartView:
    to = told.province_code, told.commune_code, told.ways
    return carts.view(cart, told.language, *to, buyer=buyer_of(cart, told.phone, maybe_me()))


def _confirmation(cart: Cart | None, problem: DomainError | None = None) -> Answer:
    told = details_of(cart, current_language()) if cart else None
    view = _view(cart, told) if cart and told else None
    if cart is None or told is None or view is None or not view.ready:
        if problem is not None:
            page.say(problem.sentence, "warn")
        return redirect(url_for("checkout.details"))  # and from there to the cart, where that is the place to mend
    choices = _choices(view, told)
    answer = render_template(
        "shop/checkout/confirmation.html",
        cart=cart,
        view=view,
        told=told,
        place=_place_name(told),
        receiver=told.gift or told,
        phone=show_phone((told.gift or told).phone),
        giver=f"{told.name}, {show_phone(told.phone)}" if told.gift else "",
        choices=choices,
        chosen=next((method.code for method, refusal in choices if refusal is None), None),
        seen=placing.fingerprint(view, told),
        problem=problem,
        arrival=arrival,
        closed_line=closed_line,
        now=clock.now(),
        pack_text=pack_text,
        transfers=number_words(len(view.parcels), current_language()),
    )
    return (answer, problem.status) if problem else answer


def _choices(view: CartView, told: Details) -> list[tuple[PaymentMethod, Any]]:
    """Return every way to pay that is offered here, each with the reason why it is not for this cart, or None."""
    bill = Bill(tuple(Share(parcel.seller.name, parcel.total, parcel.seller.id) for parcel in view.parcels))
    found = []
    for code in paying.offered():
        refusal = METHODS[code].unavailable_for(bill) or (hoarding(view) if code is Method.CASH else None)
        wish = placing.wish_of(told, code, maybe_me(), view)
        found.append((METHODS[code], refusal or limits.refusal(wish)))
    return found


def _place_name(told: Details) -> str:
    commune, province = places.commune(told.commune_code), places.province(told.province_code)
    return ", ".join(name for name in (told.line, commune and commune.name, province and province.name) if name)


def _refused(problem: Conflict, view: CartView | None) -> tuple[str, int]:
    """Name the lines that stand in the way; the cart is as it was."""
    cart = my_cart() if view is None else None
    view = carts.view(cart, current_language()) if cart else view
    ids = set(problem.sku_ids) if isinstance(problem, SoldOut) else {line.sku_id for line in _lines(problem)}
    found = [line for line in (view.lines if view else []) if line.sku_id in ids]
    lines = [(line, said(line) or _("Out of stock for now")) for line in found]
    answer = render_template("shop/checkout/refused.html", problem=problem, lines=lines)
    return answer, problem.status


def _lines(problem: Any) -> Any:
    return problem.lines
