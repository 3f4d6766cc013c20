"""A seller's door to the scales: enter the weights, and the order is packed."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import writing
from shop.core.errors import Conflict, DomainError
from shop.core.formats import show_money
from shop.core.i18n import gettext as _
from shop.desk.orders.routes import line_words, mine
from shop.desk.weighing.forms import weighing_form
from shop.orders.changes.weighing import to_weigh
from shop.orders.lifecycle import OrderState
from shop.payments.changing import services

bp = Blueprint("desk_weighing", __name__)


@bp.route("/my/orders/<code>/weights", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def weights(code: str) -> Any:
    """Enter what the scales say of each line that is paid by weight; inside what the buyer accepted it is packed."""
    order = mine(me(), code)
    form = weighing_form(to_weigh(order), lambda now: line_words(now.line, now.packs)).of_request()
    if form.accepted():
        try:
            with writing():
                again = mine(me(), code)
                services.weigh_and_pack(again, form.grams, me())
                due = show_money(again.due)
            page.say(_("Weighed and packed. The order makes %(total)s now. Hand it to the carrier.", total=due))
            return _back(code)
        except Conflict as problem:
            page.say(problem.sentence, "warn")
            return _back(code)
        except DomainError as problem:
            form.refuse(problem)
            order = mine(me(), code)
    if order.state is not OrderState.ACCEPTED or not order.to_weigh or order.asking or order.waits_for_buyer:
        return _back(code)
    answer = render_template("shop/desk/weighing/weights.html", order=order, form=form, shown=shown)
    return (answer, 422) if form.errors or form.form_errors else answer


def _back(code: str) -> Response:
    return redirect(url_for("desk_orders.order", code=code))
