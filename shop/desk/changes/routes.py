"""A seller's doors to the changes of an order: say what is missing, take the question back."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from products.packs import pack_text
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError
from shop.core.i18n import current_language
from shop.core.i18n import gettext as _
from shop.desk.changes.forms import ShortForm, short_form
from shop.orders import queries as orders
from shop.orders.changes import queries, services
from shop.orders.changes.policies import Now
from shop.orders.changes.substitutes import choices
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order

bp = Blueprint("desk_changes", __name__)


@bp.route("/my/orders/<code>/changes", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def propose(code: str) -> Any:
    """Say how many packs there are of each line; the buyer is asked what to do."""
    order = _mine(code)
    form = _form(order)
    if form.accepted():
        try:
            with writing():
                again = _mine(code)
                services.propose(again, form.there, form.note.data, me(), gone=form.gone.data, instead=form.instead)
            page.say(_("The buyer is asked. Pack it when the answer is there."))
            return _back(code)
        except Conflict as problem:
            page.say(problem.sentence, "warn")
            return _back(code)
        except DomainError as problem:
            form.refuse(problem)
            order = _mine(code)
    if order.state is not OrderState.ACCEPTED or order.asking:
        return _back(code)
    answer = render_template("shop/desk/changes/propose.html", order=order, form=form, shown=shown, paid=_paid(order))
    return (answer, 422) if form.errors or form.form_errors else answer


@bp.post("/my/orders/<code>/changes/<change>/withdrawal")
@role_required(Role.MEMBER)
def withdrawal(code: str, change: str) -> Response:
    """Take the question back: everything is there after all."""
    db.one_or_404(queries.one_for(me(), code, change))
    try:
        with writing():
            services.withdraw(db.session.execute(queries.one_for(me(), code, change)).scalar_one(), me())
        page.say(_("The buyer knows that everything is there. Pack it."))
    except Conflict as problem:
        page.say(problem.sentence, "warn")
    return _back(code)


def _mine(code: str) -> Order:
    found = db.session.scalar(orders.one_for(me(), code))
    return found if found is not None else abort(404)


def _form(order: Order) -> ShortForm:
    now = queries.lines_now([order])[order.id]
    goods = choices(order, current_language()) if order.state is OrderState.ACCEPTED else []
    return short_form([one for one in now if one.packs], _words, goods).of_request()


def _words(now: Now) -> str:
    line = now.line
    return f"{line.name}, {pack_text(line.pack_word, line.pack_amount, current_language())}"


def _paid(order: Order) -> bool:
    """Say whether the buyer has paid already, so that the difference goes back."""
    return order.purchase.method is not Method.CASH and not any(one.action == "to_cash" for one in order.events)


def _back(code: str) -> Response:
    return redirect(url_for("desk_orders.order", code=code))
