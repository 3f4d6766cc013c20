"""The call list: whom to call now, and what came of it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.standing import readings
from shop.accounts.access import me, my_roles, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _
from shop.desk.calls import queries, services
from shop.desk.calls.forms import WORDS, CallForm
from shop.desk.calls.models import CallResult
from shop.orders.models import Order

bp = Blueprint("desk_calls", __name__)
AT_ONCE = 25

Answer = Response | str | tuple[str, int]


@bp.get("/calls")
@role_required(Role.OFFICER, Role.HELPER)
def index() -> str:
    """Show the sellers whose new orders wait for more than twelve hours, the longest first.

    With the number that every buyer sees; whom to ask for stands on the page of the call, where reading it is kept.
    """
    chosen = queries.to_call(me(), my_roles())
    found = queries.OLDEST.slice(db.session(), chosen, request.args.get("after"), AT_ONCE)
    orders = [row.order for row in found.items]
    calls = queries.calls_about(order.id for order in orders)
    return render_template(
        "shop/desk/calls/index.html",
        orders=[(order, queries.told_at(order), calls.get(order.id, [])) for order in orders],
        words=WORDS,
        shown=shown,
        next_cursor=found.next_cursor,
        first=not request.args.get("after"),
    )


@bp.route("/calls/<code>", methods=["GET", "POST"])
@role_required(Role.OFFICER, Role.HELPER)
def call(code: str) -> Answer:
    """Keep what a call about one order brought."""
    person, roles = me(), my_roles()
    order = queries.order_for(person, roles, code) or abort(404)
    form = CallForm.of_request()
    if form.accepted():
        result, note = CallResult(form.result.data), form.note.data
        try:
            with writing():
                services.keep_call(order, person, result, note)
        except Conflict as problem:
            page.say(problem.sentence, "info")
        else:
            page.say(_("Kept. Thank you for calling."))
        return redirect(url_for(".index"))
    with writing():
        readings.keep(order.cooperative_id, person, "contact")
    return _form(queries.order_for(person, roles, code) or abort(404), form)


def _form(order: Order, form: CallForm) -> Any:
    calls = queries.calls_about([order.id]).get(order.id, [])
    return render_template(
        "shop/desk/calls/call.html", order=order, form=form, calls_made=calls, words=WORDS, code=shown(order.code)
    )
