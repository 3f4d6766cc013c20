"""The page of what can be bought again, and the one button that puts it into the cart."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products.counts import visits
from products.packs import pack_text
from shop.accounts.access import maybe_me, public
from shop.cart import queries as carts
from shop.cart.models import Cart
from shop.cart.routes import carry, my_cart
from shop.cart.services import start
from shop.checkout.again import queries, services
from shop.checkout.tracking.routes import purchase_of_link
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError
from shop.core.i18n import current_language, ngettext
from shop.core.i18n import lazy_gettext as _l
from shop.orders.models import Purchase

bp = Blueprint("again", __name__)

CHANGED = _l("Something changed just now. Look again, then press the button.")


@bp.route("/purchases/<token>/again", methods=["GET", "POST"])
@public
def again(token: str) -> Response | str | tuple[str, int]:
    """Say what the goods of a purchase cost and whether they can be had today; put them into the cart at a press."""
    purchase, lang, new = purchase_of_link(token), current_language(), None
    if request.method == "GET":
        return _page(purchase)
    mine = my_cart()
    try:
        with writing():
            rows = queries.again(db.session.get_one(Purchase, purchase.id), lang)
            if queries.seen(rows) != request.form.get("seen", ""):
                raise Conflict(CHANGED)
            cart = db.session.get(Cart, mine.id) if mine else None
            if cart is None:
                cart, new = start(maybe_me())
            more = [carts.goods_of(line) for line in services.fill(cart, rows, lang)]
            inside, left_out = carts.count(cart), sum(not row.packs for row in rows)
    except DomainError as problem:
        return _page(purchase_of_link(token), problem), problem.status
    if left_out:
        page.say(
            ngettext("%(num)s kind of goods was left out.", "%(num)s kinds of goods were left out.", left_out), "warn"
        )
    answer = redirect(url_for("cart.index"))
    carry(answer, new, inside)
    for one in more:
        visits.carted(answer, *one)
    return answer


def _page(purchase: Purchase, refused: DomainError | None = None) -> str:
    lang = current_language()
    rows = queries.again(purchase, lang)
    return render_template(
        "shop/checkout/again/again.html",
        purchase=purchase,
        rows=rows,
        seen=queries.seen(rows),
        refused=refused,
        pack_text=lambda word, amount: pack_text(word, amount, lang),
    )
