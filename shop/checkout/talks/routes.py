"""The buyer's words to the seller of one parcel, by the link of the purchase."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import throttle
from shop.accounts.access import maybe_me, public
from shop.checkout.tracking.routes import is_own, purchase_of_link
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.orders import queries
from shop.orders.talks import services
from shop.orders.talks.forms import MessageForm
from shop.orders.talks.models import Side
from shop.orders.talks.showing import talks

bp = Blueprint("order_talks", __name__)


@bp.route("/purchases/<token>/orders/<code>/messages", methods=["GET", "POST"])
@public
def talk(token: str, code: str) -> Response | str | tuple[str, int]:
    """Write to the seller of one parcel; what is wrong is said here, with what was typed."""
    purchase = purchase_of_link(token)
    if code not in {order.code for order in purchase.orders}:
        abort(404)
    if request.method == "GET":
        return redirect(url_for("tracking.show", token=token) + f"#messages-{code}")
    form, author = MessageForm.of_request().named(code), maybe_me() if is_own(purchase) else None
    try:
        if not form.validate():
            return _again(token, code, form), 422
        throttle.count(f"order-talk:buyer:{code}", services.AN_HOUR_MOST, services.AN_HOUR)
        with writing():
            again = db.session.execute(queries.one_of_purchase(token, code)).scalar_one()
            services.say(again, Side.BUYER, author, form.text.data or "", form.press.data)
    except DomainError as problem:
        form.refuse(problem)
        form.press_again()
        return _again(token, code, form), problem.status
    page.say(_("Message sent."))
    return redirect(url_for("tracking.show", token=token) + f"#messages-{code}")


def _again(token: str, code: str, form: MessageForm) -> str:
    order = next(order for order in purchase_of_link(token).orders if order.code == code)
    told = talks([order], Side.BUYER, {}, form)[order.id]
    words = {"purchase": order.purchase, "order": order, "talk": told, "form": form}
    return render_template("shop/checkout/talks/talk.html", **words, shown=shown)
