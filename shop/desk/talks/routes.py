"""What buyers wrote, and the seller's answer: members, and helpers who may do orders or answer buyers."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts import throttle
from shop.accounts.access import me, opens, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.desk.orders.routes import first_name, line_words, opened
from shop.orders import queries
from shop.orders.changes.queries import lines_now
from shop.orders.models import Order
from shop.orders.talks import services
from shop.orders.talks.forms import MessageForm
from shop.orders.talks.models import Side
from shop.orders.talks.showing import talks

bp = Blueprint("desk_talks", __name__)


@bp.route("/my/orders/<code>/messages", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def talk(code: str) -> Response | str | tuple[str, int]:
    """Show what buyer and seller wrote about an order, and by that keep that the seller read it; a post answers."""
    _mine(code)
    form = MessageForm.of_request().named(code)
    if request.method == "GET":
        return _page(code, form)
    try:
        if not form.validate():
            return _page(code, form), 422
        throttle.count(f"order-talk:seller:{code}", services.AN_HOUR_MOST, services.AN_HOUR)
        with writing():
            services.say(_mine(code), Side.SELLER, me(), form.text.data or "", form.press.data)
    except DomainError as problem:
        form.refuse(problem)
        form.press_again()
        return _page(code, form), problem.status
    page.say(_("Message sent."))
    return redirect(address(code))


def _page(code: str, form: MessageForm) -> str:
    new = opened(_mine(code))
    order = _mine(code)
    return render_template(
        "shop/desk/talks/talk.html",
        order=order,
        talk=talks([order], Side.SELLER, new, form)[order.id],
        form=form,
        shown=shown,
        buyer=first_name(order.purchase.name),
        goods=[line_words(one.line, one.packs) for one in lines_now([order])[order.id] if one.packs],
    )


def address(code: str) -> str:
    """Return where somebody reads and answers: on the page of the order, or where that is closed to a helper, alone."""
    if opens("desk_orders"):
        return url_for("desk_orders.order", code=code) + "#messages"
    return url_for("desk_talks.talk", code=code)


def _mine(code: str) -> Order:
    found = db.session.scalar(queries.one_for(me(), code))
    return found if found is not None else abort(404)
