"""The cart: what is in it, what it costs to send, and every change to it; works without scripts."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, abort, current_app, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.dispatch.words import closed_line
from cooperatives.photos.names import photo_view
from products.counts import visits
from products.packs import pack_text
from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.cart import forms, queries, services
from shop.cart.models import Cart
from shop.cart.words import said
from shop.core import clock, page
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.core.networks import network_of
from shop.places import queries as places
from shop.vouchers import queries as vouchers

bp = Blueprint("cart", __name__)

HAS_CART = "has_cart"  # readable by script: whoever has none asks for no count
LIFE = timedelta(days=services.LIFE_DAYS)
TRIES, TRIES_A_NETWORK, AN_HOUR = 20, 300, 3600  # at codes of vouchers, by one cart and from one network


def my_cart() -> Cart | None:
    """Return the cart of this person, or of this browser; at sign-in the browser's becomes the person's."""
    token, person = request.cookies.get(_cookie(), ""), maybe_me()
    guest = queries.of_token(token) if token else None
    if person is None or guest is None:
        return guest if person is None else queries.of_user(person)
    with writing():
        services.adopt(token, person)
    return queries.of_user(person)


def show_count(response: Response, packs: int) -> None:
    """Tell the header's script whether asking for the count is worth a request."""
    if packs:
        _set(response, HAS_CART, "1", httponly=False)
    elif HAS_CART in request.cookies:
        response.delete_cookie(HAS_CART)


def carry(response: Response, token: str | None, packs: int) -> None:
    """Let the browser keep its cart, a new one by its token, and know that there is something in it."""
    show_count(response, packs)
    if maybe_me() is None:
        _set(response, _cookie(), token or request.cookies[_cookie()], httponly=True)


@bp.route("/cart")
@public
def index() -> Response:
    cart = my_cart()
    answer = current_app.make_response(_page(cart))
    show_count(answer, queries.count(cart) if cart else 0)
    return answer


@bp.route("/cart/count.json")
@public
def count() -> Response:
    cart = my_cart()
    return jsonify(count=queries.count(cart) if cart else 0)


@bp.route("/cart/lines", methods=["POST"])
@public
def add() -> Response | tuple[str, int]:
    mine = my_cart()
    sku_code, token = request.form.get("sku", ""), None
    try:
        packs = forms.read_packs(request.form.getlist("quantity") or ["1"])
        with writing():
            cart = db.session.get(Cart, mine.id) if mine else None
            if cart is None:
                cart, token = services.start(maybe_me())
            line = services.add(cart, sku_code, packs, current_language())
            name, inside = line.name, queries.count(cart)
            put_in = queries.goods_of(line)
    except DomainError as problem:
        return _page(my_cart(), refused=problem), problem.status
    page.say(_("In the cart: %(name)s", name=name))
    answer = redirect(url_for("cart.index"))
    carry(answer, token, inside)
    visits.carted(answer, *put_in)
    return answer


@bp.route("/cart/lines/<sku_code>", methods=["POST"])
@public
def change(sku_code: str) -> Response | tuple[str, int]:
    """Change the number of packs, take the line out (`remove`), or accept today's price (`price`)."""
    mine = my_cart()
    if mine is None:
        return redirect(url_for("cart.index"))
    removed = 0
    try:
        price = forms.read_price(request.form.get("price", ""))
        packs = None if price or "remove" in request.form else forms.read_packs(request.form.getlist("quantity"))
        with writing():
            cart = db.session.get_one(Cart, mine.id)
            if price:
                services.accept_price(cart, sku_code, price)
            elif packs is None:
                removed = services.remove(cart, sku_code)
            else:
                services.change(cart, sku_code, packs)
    except DomainError as problem:
        typed = {sku_code: request.form.get("quantity", "")}
        return _page(my_cart(), refused=problem, at=sku_code, typed=typed), problem.status
    return redirect(url_for("cart.index", removed=sku_code if removed else None, packs=removed or None))


@bp.route("/cart/province", methods=["POST"])
@public
def province() -> Response | tuple[str, int]:
    mine = my_cart()
    if mine is not None:
        try:
            with writing():
                services.choose_province(db.session.get_one(Cart, mine.id), request.form.get("province", ""))
        except Invalid as problem:
            return _page(my_cart(), refused=problem), problem.status
    return redirect(url_for("cart.index"))


@bp.post("/cart/vouchers")
@public
def voucher() -> Response | tuple[str, int]:
    """Use a voucher for this cart, or let go of one (`remove`); tries are counted, so that nobody guesses codes."""
    mine, typed = my_cart(), request.form.get("code", "")
    if mine is None:
        return redirect(url_for("cart.index"))
    try:
        if "remove" not in request.form:
            network = f"voucher-net:{network_of(request.remote_addr)}"
            throttle.count_each([(f"voucher:{mine.id}", TRIES, AN_HOUR), (network, TRIES_A_NETWORK, AN_HOUR)])
        with writing():
            cart = db.session.get_one(Cart, mine.id)
            if "remove" in request.form:
                services.drop_voucher(cart, request.form["remove"])
            else:
                services.use_voucher(cart, typed)
    except DomainError as problem:
        return _page(my_cart(), code=(typed, problem.sentence)), problem.status
    return redirect(url_for("cart.index", _anchor="vouchers"))


@bp.get("/vouchers/<code>")
@public
def shared(code: str) -> str:
    """Show what a voucher promises, from a link its issuer sent: one button puts it into a cart that has goods."""
    throttle.count(f"voucher-net:{network_of(request.remote_addr)}", TRIES_A_NETWORK, AN_HOUR)
    found, mine = vouchers.by_code(code), my_cart()
    if found is None:
        abort(404)
    packs = queries.count(mine) if mine else 0
    return render_template("shop/cart/shared.html", voucher=found, packs=packs)


def _page(
    cart: Cart | None,
    *,
    refused: DomainError | None = None,
    at: str = "",
    typed: dict[str, str] | None = None,
    code: tuple[str, Any] | None = None,
) -> str:
    lang = current_language()
    view = queries.view(cart, lang) if cart else None
    return render_template(
        "shop/cart/index.html",
        cart=cart,
        view=view,
        refused=refused,
        at=at if view and at in {line.sku_code for line in view.lines} else "",
        typed=typed or {},
        code=code,
        removed=_removed(lang),
        provinces=places.names_of_provinces() if view and view.parcels else [],
        pack_text=pack_text,
        said=said,
        photo_view=photo_view,
        closed_line=closed_line,
        now=clock.now(),
    )


def _removed(lang: str) -> dict[str, Any] | None:
    """Return what the line before last click held, so that it can be put back; None where it is not sold."""
    code, packs = request.args.get("removed", ""), request.args.get("packs", "")
    found = queries.sellable(code) if code else None
    if found is None:
        return None
    try:
        again = forms.read_packs([packs])
    except Invalid:
        return None
    return {"sku": code, "packs": again, "name": queries.name_of(found[1].id, lang)}


def _cookie() -> str:
    secure = current_app.extensions["settings"].secure_cookies
    return "__Host-cart" if secure else "cart"


def _set(response: Response, name: str, value: str, *, httponly: bool) -> None:
    response.set_cookie(
        name,
        value,
        max_age=LIFE,
        path="/",
        httponly=httponly,
        samesite="Lax",
        secure=current_app.extensions["settings"].secure_cookies,
    )
