"""The page on which a manager sees where the cash is, and notes what carriers paid in."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from wtforms.fields import SelectChoice

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import clock, page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.formats import show_daymonth, show_money
from shop.core.i18n import gettext as _
from shop.payments.paid_in import services as paid_in
from shop.payments.takings import policies, queries, services
from shop.payments.takings.forms import PayInForm
from shop.payments.takings.models import CashTaking
from shop.payments.transfers import queries as credits

bp = Blueprint("takings", __name__)

PER_PAGE = 30


@bp.get("/my/cash")
@role_required(Role.MANAGER)
def index() -> Any:
    """Show the cash that carriers have, what was paid in, what is under way, and what is there."""
    return _page(PayInForm())


@bp.post("/my/cash/remittances")
@role_required(Role.MANAGER)
def pay_in() -> Any:
    """Note that one carrier paid in the cash of the ticked orders as one sum."""
    form = PayInForm.of_request()
    if not form.validate():
        return _page(form), 422
    said = form.reference.data or "", form.because.data or ""
    try:
        with writing():
            services.pay_in(form.orders.data or [], form.came.data or 0, *said, me())
    except Invalid as problem:
        form.refuse(problem)
        return _page(form), problem.status
    except Conflict as problem:
        return _page(PayInForm(), problem), problem.status
    page.say(_("Noted. Look into your account, then say that you see it."))
    return redirect(url_for(".index"))


@bp.post("/my/cash/remittances/<code>/seen")
@role_required(Role.MANAGER)
def seen(code: str) -> Any:
    """Note that a sum is in the account."""
    try:
        with writing():
            services.see(db.one_or_404(queries.one_for(me(), code)), me())
    except Conflict as problem:
        return _page(PayInForm(), problem), problem.status
    page.say(_("Noted: the money is there."))
    return redirect(url_for(".index"))


@bp.post("/my/cash/remittances/<code>/credit")
@role_required(Role.MANAGER)
def came_as(code: str) -> Any:
    """Note that an amount in the account is this very sum."""
    try:
        with writing():
            remittance = db.one_or_404(queries.one_for(me(), code))
            credit = db.session.scalar(credits.one_for(me(), request.form.get("credit", "")))
            paid_in.came_as(remittance, credit, me())
    except Conflict as problem:
        return _page(PayInForm(), problem), problem.status
    page.say(_("Noted: the money is there."))
    return redirect(url_for(".index"))


def _page(form: PayInForm, problem: DomainError | None = None) -> str:
    before, carriers = request.args.get("before", type=int), queries.with_carriers(me())
    form.orders.choices = [
        SelectChoice(order_code(taking), _row(taking)) for carrier in carriers for taking in carrier.takings
    ]
    waiting = queries.remittances(me(), seen=False)
    ended = queries.remittances(me(), seen=True, before=before, limit=PER_PAGE)
    return render_template(
        "shop/payments/takings/index.html",
        form=form,
        problem=problem,
        carriers=carriers,
        waiting=waiting,
        credits=queries.credits_for(waiting),
        on_the_way=queries.on_the_way(me()),
        ended=ended,
        more=ended[-1].id if len(ended) == PER_PAGE else None,
        shown=shown,
        order_code=order_code,
        overdue=lambda taking: policies.is_overdue(taking, clock.now()),
    )


def order_code(taking: CashTaking) -> str:
    """Return the code of the order whose cash it is."""
    return taking.payment.parts[0].order.code


def _row(taking: CashTaking) -> str:
    return _(
        "%(code)s: %(amount)s, since %(day)s",
        code=shown(order_code(taking)),
        amount=show_money(taking.amount),
        day=show_daymonth(taking.collected_at),
    )
