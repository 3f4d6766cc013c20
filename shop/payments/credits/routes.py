"""The pages on which a seller sees what came by transfer, says what is unclear, and notes what went back."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from cooperatives.bank.queries import is_manager
from cooperatives.models import Cooperative
from cooperatives.queries import of_person
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.formats import show_money
from shop.core.forms import Form
from shop.core.i18n import gettext as _
from shop.orders.models import Method
from shop.orders.paying import offered
from shop.payments.credits import queries
from shop.payments.credits.forms import AssignForm, NoteForm
from shop.payments.credits.words import DOUBTS, STATES
from shop.payments.models import Refund
from shop.payments.refunds.services import given_by_hand
from shop.payments.refunds.words import why
from shop.payments.takings.queries import remittances_for
from shop.payments.transfers import queries as transfers
from shop.payments.transfers import services
from shop.payments.transfers.models import Credit

bp = Blueprint("credits", __name__)

PER_PAGE = 30


@bp.get("/my/transfers")
@role_required(Role.MANAGER)
def index() -> str:
    """List what waits for the seller first, then what to send back, then what came."""
    return _list()


def _list(wrong: tuple[str, NoteForm] | None = None, problem: DomainError | None = None) -> str:
    """Show the list; `wrong` names the refund whose note was refused, with what was typed."""
    before = request.args.get("before", type=int)
    ended = transfers.ended(me(), before, PER_PAGE)
    return render_template(
        "shop/payments/credits/index.html",
        waiting=transfers.queue(me()),
        refunds=[(one, _noting(one, wrong)) for one in queries.to_send_back(me())],
        problem=problem,
        ended=ended,
        more=ended[-1].id if len(ended) == PER_PAGE else None,
        doubts=DOUBTS,
        states=STATES,
        shown=shown,
        why=why,
        card_accounts=_card_accounts(),
    )


def _noting(refund: Refund, wrong: tuple[str, NoteForm] | None) -> NoteForm:
    name = f"{refund.part.order.code}-{refund.reason}"
    form = wrong[1] if wrong and wrong[0] == name else NoteForm()
    form.note.id = f"note-{name}"
    return form


def _card_accounts() -> list[Cooperative]:
    """Return the cooperatives this person manages, where the market takes cards."""
    mine: Iterable[Cooperative] = db.session.scalars(of_person(me())) if Method.CARD in offered() else []
    return [seller for seller in mine if is_manager(seller, me())]


@bp.get("/my/transfers/<code>")
@role_required(Role.MANAGER)
def credit(code: str) -> Any:
    """Show one amount that came: its memo, why it waits, and what may be done."""
    return _page(_mine(code))


@bp.post("/my/transfers/<code>/orders")
@role_required(Role.MANAGER)
def orders(code: str) -> Any:
    """Let it pay the orders that were ticked."""
    form = AssignForm.of_request()
    form.orders.choices = [(bill.memo, bill.memo) for bill in transfers.open_bills(_mine(code))]
    return _change(
        code, form, lambda one: services.assign(one, form.orders.data or [], me()), _("It pays the order now.")
    )


@bp.post("/my/transfers/<code>/return")
@role_required(Role.MANAGER)
def sending_back(code: str) -> Any:
    """Note that it went back to who sent it."""
    form = NoteForm.of_request()
    return _change(code, form, lambda one: services.send_back(one, form.note.data or "", me()), _("Noted."))


@bp.post("/my/transfers/<code>/other")
@role_required(Role.MANAGER)
def other(code: str) -> Any:
    """Note that it has nothing to do with orders."""
    return _change(code, Form(), lambda one: services.set_aside(one, "", me()), _("Noted."))


@bp.post("/my/refunds/<code>/<reason>")
@role_required(Role.MANAGER)
def refund(code: str, reason: str) -> Any:
    """Note that money which goes back to a buyer was given; whoever presses again reads that it was noted."""
    form = NoteForm.of_request()
    found = db.one_or_404(queries.one_to_send_back(me(), code, reason))
    if not form.validate():
        return _list(wrong=(f"{code}-{reason}", form)), 422
    try:
        with writing():
            given_by_hand(found.id, form.note.data or "", me())
    except Invalid as problem:
        form.refuse(problem)
        return _list(wrong=(f"{code}-{reason}", form)), problem.status
    except Conflict as problem:
        return _list(problem=problem), problem.status
    page.say(_("Noted. The buyer is told."))
    return redirect(url_for(".index"))


def _change(code: str, form: Any, act: Any, done: str) -> Any:
    if isinstance(form, NoteForm) and not form.validate():
        return _page(_mine(code), form, 422)
    try:
        with writing():
            act(_mine(code))
    except Invalid as problem:
        form.refuse(problem)
        return _page(_mine(code), form, problem.status)
    except Conflict as problem:
        return _page(_mine(code), None, problem.status, problem)
    page.say(done)
    return redirect(url_for(".index"))


def _page(one: Credit, form: Any = None, status: int = 200, problem: DomainError | None = None) -> tuple[str, int]:
    bills = transfers.open_bills(one) if one.doubt else []
    assigning = form if isinstance(form, AssignForm) else AssignForm()
    assigning.orders.choices = [(bill.memo, _row(bill)) for bill in bills]
    if assigning.orders.data is None and one.order_code in {bill.memo for bill in bills}:
        assigning.orders.data = [one.order_code]
    return render_template(
        "shop/payments/credits/show.html",
        credit=one,
        problem=problem,
        doubts=DOUBTS,
        states=STATES,
        assigning=assigning,
        noting=form if isinstance(form, NoteForm) else NoteForm(),
        remittances=remittances_for(me(), one),
        shown=shown,
    ), status


def _row(bill: Any) -> str:
    buyer = bill.payment.purchase.name
    return f"{shown(bill.memo)}, {buyer}: {show_money(bill.payment.amount)}"


def _mine(code: str) -> Credit:
    found: Credit = db.one_or_404(transfers.one_for(me(), code))
    return found
