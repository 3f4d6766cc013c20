"""The page on which a manager gives money of an order back, for a line or an amount of it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from cooperatives.services import needs_manager
from shop.accounts.access import me, role_required
from shop.accounts.confirming.gate import needs_proof
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.formats import show_money
from shop.core.i18n import gettext as _
from shop.desk.orders.routes import line_words
from shop.desk.refunding import queries, services
from shop.desk.refunding.forms import GiveBackForm
from shop.desk.refunding.services import Wish
from shop.orders.changes.queries import lines_now
from shop.orders.models import Method, Order
from shop.orders.queries import one_for
from shop.payments.refunds.queries import left_of, of_part

bp = Blueprint("desk_refunding", __name__)


@bp.route("/my/orders/<code>/refund", methods=["GET", "POST"])
@role_required(Role.MANAGER)
@needs_proof(strong=True, to_read=False)
def refund(code: str) -> Any:
    """Ask for what, how much and why; a first post asks once more, the second gives it back."""
    order = _mine(code)
    if request.method == "GET":
        return _page(order, GiveBackForm(number=str(_number(order))))
    form = GiveBackForm.of_request()
    form.offer(_choices(order))
    if not form.validate():
        return _page(order, form), 422
    if request.form.get("sure") != "yes":
        return _page(order, form, asked=True)
    try:
        with writing():
            again = _mine(code)
            services.give_back(again, _part(again).id, _wish(again, form), me())
    except DomainError as problem:
        form.refuse(problem)
        return _page(_mine(code), form), problem.status
    page.say(_("Noted. The buyer is told when the money is there."))
    return redirect(url_for("desk_orders.order", code=code))


def _mine(code: str) -> Order:
    """Return the order of the manager's own cooperative while money of it can go back."""
    found: Order = db.one_or_404(one_for(me(), code))
    needs_manager(found.cooperative, me())
    return found


def _part(order: Order) -> Any:
    return queries.paid_part(order) or abort(404)


def _number(order: Order) -> int:
    return len(of_part(_part(order).id)) + 1


def _wish(order: Order, form: GiveBackForm) -> Wish:
    place = int(form.line.data or 0)
    line = lines_now([order])[order.id][place - 1].line if place else None
    number = "".join(sign for sign in form.number.data or "" if sign in "0123456789")[:6]
    return Wish(line, form.amount.data or 0, form.why.data or "", form.note.data or "", number or "1")


def _choices(order: Order) -> list[tuple[str, Any]]:
    """List the lines of which something is left, and last what is no line."""
    now = lines_now([order])[order.id]
    left = queries.left_of_lines(order, now, of_part(_part(order).id))
    lines = [
        (str(place), _("%(goods)s: at most %(left)s", goods=line_words(one.line, one.packs), left=show_money(most)))
        for place, one in enumerate(now, 1)
        if (most := left[one.line.id])
    ]
    return [*lines, ("0", _("Delivery, or something else"))]


def _page(order: Order, form: GiveBackForm, *, asked: bool = False) -> str:
    part = _part(order)
    form.offer(_choices(order))
    return render_template(
        "shop/desk/refunding/refund.html",
        order=order,
        form=form,
        asked=asked,
        left=left_of(part),
        open=order.state in queries.MAY,
        by_hand=part.payment.method is not Method.CARD,
        chosen=dict(form.line.choices).get(form.line.data or ""),
        shown=shown,
    )
