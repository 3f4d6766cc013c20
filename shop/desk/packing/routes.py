"""The doors for phones in a shed: what they keep, the empty page that shows it, and what was packed meanwhile."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, g, jsonify, render_template, request

from shop.accounts.access import helped, me, public, role_required
from shop.accounts.models import Role
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.forgery import by_script
from shop.core.formats import show_money
from shop.core.i18n import gettext as _
from shop.core.i18n import known
from shop.core.i18n import lazy_gettext as _l
from shop.core.phones import show_phone
from shop.desk.orders.days import DAYS, turn_of
from shop.desk.orders.routes import first_name, line_words, mine
from shop.desk.packing import onphone, queries
from shop.orders import queries as orders
from shop.orders import services
from shop.orders.changes.policies import Now, fingerprint
from shop.orders.changes.queries import lines_now
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import LONGEST_PRESS, Order

bp = Blueprint("desk_packing", __name__)
DONE = {S.PACKED, S.HANDED_OVER, S.DELIVERED, S.REFUSED}  # by this press, or by a colleague's: it is in the parcel
ENDED = {
    "buyer": _l("The buyer cancelled it meanwhile. Do not send it; put the goods back on the shelf."),
    "cooperative": _l("A colleague cancelled it meanwhile. Do not send it; put the goods back on the shelf."),
    "system": _l("It was cancelled meanwhile, unpaid. Do not send it; put the goods back on the shelf."),
}


@bp.get("/my/orders/shell")
@public
def shell() -> str:
    """Draw the list for nobody in particular; the phone fills it with what it keeps."""
    g.language = known(request.args.get("lang"))
    return render_template("shop/desk/packing/shell.html", on_phone=onphone.facts(""), days=DAYS)


@bp.get("/my/orders/kept")
@role_required(Role.MEMBER)
def kept() -> Any:
    """Give the orders of the next days to the member's own phone; to a borrowed one none, to a helper's nothing."""
    if helped() is not None:
        abort(403)
    some = queries.for_phone(me()) if onphone.keeper() else []
    several = len({order.cooperative_id for order in some}) > 1
    now = lines_now(some)
    return jsonify(orders=[_for_phone(order, now[order.id], several=several) for order in some])


@bp.post("/my/orders/<code>/packed")
@by_script
@role_required(Role.MEMBER)
def packed(code: str) -> Any:
    """Note that an order is packed, once for each press (`X-Draft-Key`); {error}: why it is not, and what to do.

    `X-Seen` is the fingerprint of the order as it stood on the phone.
    """
    press = request.headers["X-Draft-Key"][:LONGEST_PRESS]
    mine(me(), code)
    try:
        with writing():
            order = db.session.execute(orders.one_for(me(), code)).scalar_one()
            services.pack(order, me(), "cooperative", press=press, seen=request.headers.get("X-Seen", ""))
    except Conflict as problem:
        order = mine(me(), code)
        if order.state not in DONE:
            return jsonify(error=str(_why(order, problem))), problem.status
    return jsonify(packed=True)


def _why(order: Order, problem: Conflict) -> Any:
    if order.state is not S.CANCELLED:
        return problem.sentence
    by = next((event.by for event in reversed(order.events) if event.action == "cancel"), "system")
    return ENDED.get(by, ENDED["system"])


def _for_phone(order: Order, now: Sequence[Now], *, several: bool) -> dict[str, Any]:
    """Say what somebody needs who packs without signal; whom it is for only once the order is accepted."""
    turn, to, receiver = turn_of(order), order.purchase, order.purchase.receiver
    row: dict[str, Any] = {
        "code": order.code,
        "shown": shown(order.code),
        "step": turn.step,
        "turn": str(turn.words),
        "seen": fingerprint(now, order.to_collect),
        "due": order.ship_by.isoformat(),
        "seller": order.seller_name if several else "",
        "lines": [line_words(one.line, one.packs) for one in now if one.packs],
        "who": f"{first_name(receiver.name)}, {to.commune.name}",
    }
    if order.state in {S.ACCEPTED, S.PACKED}:
        cash = order.to_collect
        collect = _("Collect %(total)s in cash", total=show_money(cash)) if cash else _("Collect nothing")
        collect = _("Weigh it first: then the sum is known.") if order.to_weigh else collect
        no_price = _("Put no bill and no price into the parcel. The buyer is not who receives it.")
        row |= {
            "who": receiver.name,
            "phone": receiver.phone,
            "call": _("Call %(number)s", number=show_phone(receiver.phone)),
            "address": f"{to.line}, {to.commune.name}, {to.province.name}",
            "note": to.note,
            "collect": f"{_('This is a gift')}. {no_price}" if to.gift else collect,
        }
    return row
