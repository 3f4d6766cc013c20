"""A cooperative's orders: the list by what waits, one order, and its steps."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products.packs import pack_text
from shop.accounts.access import me, role_required
from shop.accounts.models import Role, User
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.forms import Form
from shop.core.i18n import current_language, use_language
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.core.paging import Page, page_number
from shop.desk.orders.days import Group, by_day, turn_of
from shop.desk.orders.forms import FORMS, PackForm
from shop.desk.orders.words import WHYS
from shop.desk.packing import onphone
from shop.desk.refunding.queries import may_give_back
from shop.orders import queries, services
from shop.orders.changes.policies import Now
from shop.orders.changes.queries import changes_of, lines_now
from shop.orders.changes.services import stands
from shop.orders.confirming import services as confirming
from shop.orders.invoices import queries as invoices
from shop.orders.lifecycle import OrderState as S
from shop.orders.models import Answer as Said
from shop.orders.models import Order, OrderLine
from shop.orders.redemptions.queries import province_part
from shop.orders.talks import queries as talks
from shop.orders.talks import services as reading
from shop.orders.talks import showing
from shop.orders.talks.models import Side
from shop.payments.queries import state_of
from shop.payments.refunds import words as refunds
from shop.payments.refunds.queries import of_orders
from shop.shipping.methods import method_name

bp = Blueprint("desk_orders", __name__)

Answer = Response | str | tuple[str, int]
PER_PAGE = 24
TABS = {
    "open": _l("To do"),
    "placed": _l("New"),
    "call": _l("To call"),
    "accepted": _l("To pack"),
    "packed": _l("To send"),
    "unpaid": _l("Waiting for payment"),
    "handed_over": _l("On the way"),
    "done": _l("Finished"),
    "unread": _l("Buyers wrote"),
}
ALWAYS = {"open", "placed", "accepted", "packed"}  # the others are offered where something stands in them
UNREAD = "unread"  # whatever its state, there is something of the buyer that nobody has read
# A step in an address is a thing: the action it stands for, and what is said when it is done.
STEPS = {
    "acceptance": ("accept", _l("Accepted. Pack it now.")),
    "packing": ("pack", _l("Packed. Hand it to the carrier.")),
    "hand-over": ("hand_over", _l("Sent. The buyer knows.")),
    "delivery": ("deliver", _l("Delivered. Thank you.")),
    "refusal": ("refuse", _l("Not received. The goods are back in your stock.")),
    "cancellation": ("cancel", _l("Cancelled. The buyer knows.")),
}
# What came of calling the buyer, and what is said when it is noted.
RESULTS = {
    "confirmed": _l("Noted: the buyer wants it. Pack it now."),
    "known": _l("Noted: you know the buyer. Pack it now."),
    "no_answer": _l("Noted. Try again later."),
    "declined": _l("Cancelled. The goods are free again."),
}
OVER = {"handed_over", "done", UNREAD}  # nothing is to be sent by a day any more
PERSONAL = (S.ACCEPTED, S.PACKED, S.HANDED_OVER, S.DELIVERED, S.REFUSED)


@bp.route("/my/orders")
@role_required(Role.MEMBER)
def index() -> str:
    """List the orders of one tab by the day to send them, and for whom each waits."""
    tab = asked if (asked := request.args.get("state", "open")) in TABS else "open"
    chosen = talks.waiting(me()).options(*queries.FOR_LIST) if tab == UNREAD else queries.in_tab(me(), tab)
    found = Page.of(db.session(), chosen, page_number(request.args), PER_PAGE)
    numbers = queries.counts(me()) | {UNREAD: talks.number_waiting(me())}
    return render_template(
        "shop/desk/orders/index.html",
        tab=tab,
        tabs=[(name, TABS[name], number) for name, number in numbers.items()],
        always=ALWAYS,
        unread_messages=talks.unread([order.id for order in found.items], Side.SELLER),
        on_phone=onphone.facts(onphone.keeper()),
        page=found,
        groups=by_day(found.items) if tab not in OVER else [Group("", "", found.items)],
        turn=turn_of,
        now=lines_now(found.items),
        several=len({order.cooperative_id for order in found.items}) > 1,
        shown=shown,
        first_name=first_name,
    )


@bp.route("/my/orders/<code>")
@role_required(Role.MEMBER)
def order(code: str) -> Answer:
    """Show one order, with the forms of the steps it allows."""
    found = mine(me(), code)
    if "packed" in request.args and found.state is S.PACKED:  # its script comes back after its own press
        page.say(STEPS["packing"][1])
    return _page(found)


@bp.route("/my/orders/<code>/<step>", methods=["POST"])
@role_required(Role.MEMBER)
def step(code: str, step: str) -> Answer:
    """Take one step; a colleague may have been quicker, then the page says so."""
    if step not in STEPS:
        abort(404)
    found = mine(me(), code)
    form = _form(found, lines_now([found])[found.id], FORMS[step].of_request())
    if not form.validate():
        return _page(found, wrong=(step, form)), 422
    action, done = STEPS[step]
    try:
        with writing():
            again = db.session.execute(queries.one_for(me(), code)).scalar_one()
            _take(action, again, me(), form)
    except Conflict as problem:
        return _page(mine(me(), code), problem=problem), problem.status
    page.say(done)
    return redirect(url_for("desk_orders.order", code=code))


@bp.route("/my/orders/<code>/confirmation", methods=["POST"])
@role_required(Role.MEMBER)
def confirmation(code: str) -> Answer:
    """Keep what came of calling the buyer before packing; who does not want it has the order cancelled."""
    result = request.form.get("result", "")
    if result not in RESULTS:
        abort(422)
    try:
        with writing():
            again = db.session.execute(queries.one_for(me(), code)).scalar_one_or_none() or abort(404)
            _note(result, again, me())
    except Conflict as problem:
        return _page(mine(me(), code), problem=problem), problem.status
    page.say(RESULTS[result])
    return redirect(url_for("desk_orders.order", code=code))


def _note(result: str, order: Order, person: User) -> None:
    if result == "no_answer":
        confirming.no_answer(order, person)
        return
    confirming.answer(order, Said(result), person)
    if result == Said.DECLINED:
        with use_language(order.purchase.language):
            services.cancel(order, person, "cooperative", _("The buyer said on the phone: not wanted."))


def _take(action: str, order: Order, person: User, form: Form) -> None:
    if action == "hand_over":
        services.hand_over(order, person, "cooperative", "", form["carrier"].data, form["tracking"].data)
    elif isinstance(form, PackForm):
        services.pack(order, person, "cooperative", seen=form.seen.data or "")
    else:
        note = form["reason"].data if "reason" in form else ""
        getattr(services, action)(order, person, "cooperative", note)


def mine(person: User, code: str) -> Order:
    """Return the order of the person's own cooperative; another's is not there (404)."""
    found = db.session.scalar(queries.one_for(person, code))
    return found if found is not None else abort(404)


def refusal(order: Order, sentence: Any) -> tuple[str, int]:
    """Show an order with a sentence why something cannot be done with it now."""
    return _page(order, problem=Conflict(sentence)), Conflict.status


def _form(order: Order, now: Iterable[Now], form: Form) -> Form:
    if isinstance(form, PackForm):
        form.offer(order, now, line_words)
    return form


def _page(order: Order, *, wrong: tuple[str, Form] | None = None, problem: Conflict | None = None) -> str:
    talk = showing.talks([order], Side.SELLER, opened(order))[order.id]
    open_steps = [name for name, (action, _done) in STEPS.items() if order.allows(action)]
    if order.awaiting_payment:
        open_steps = [name for name in open_steps if name != "acceptance"]
    if order.waits_for_buyer or order.asking or order.to_weigh:
        open_steps = [name for name in open_steps if name != "packing"]
    changes = changes_of([order.id])
    now = lines_now([order], changes)[order.id]
    forms = {name: _form(order, now, FORMS[name]()) for name in open_steps}
    if wrong is not None and wrong[0] in forms:
        forms[wrong[0]] = wrong[1]
    return render_template(
        "shop/desk/orders/order.html",
        order=order,
        forms=forms,
        form=wrong[1] if wrong else None,
        problem=problem,
        on_phone=onphone.facts(onphone.keeper()),
        whys=WHYS,
        talk=talk,
        now=now,
        changes=changes[order.id],
        nothing_without=any(one.is_open and not stands(one, "lapse") for one in changes[order.id]),
        pack_text=pack_text,
        money=state_of(order.id),
        by_province=province_part(order.id) if order.discount else 0,
        invoice=invoices.of(order.purchase_id),
        refunds=of_orders([order.id])[order.id],
        may_give_back=may_give_back(order, me()),
        refund_words=refunds.STATES,
        why=refunds.why,
        personal=order.state in PERSONAL,
        shown=shown,
        first_name=first_name,
        method_name=method_name,
    )


def opened(order: Order) -> dict[int, int]:
    """Return how many messages about an order are new to its seller, by its id, and keep that they are read now."""
    keys = [order.id]
    new = talks.unread(keys, Side.SELLER)
    if new:
        with writing():
            reading.read(keys, Side.SELLER)
    return new


def first_name(name: str) -> str:
    """Return how a person is called: the last word of a Vietnamese name, the only one before the seller accepts."""
    return name.rsplit(maxsplit=1)[-1] if name.split() else _("Buyer")


def line_words(line: OrderLine, packs: int) -> str:
    """Say what goes into the parcel: 2 × Chè Shan tuyết, gói 200 g."""
    return f"{packs} × {line.name}, {pack_text(line.pack_word, line.pack_amount, current_language())}"
