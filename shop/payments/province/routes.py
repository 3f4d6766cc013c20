"""What the province owes each cooperative for its vouchers, and what it paid: noted in two steps."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import writing
from shop.core.errors import DomainError
from shop.core.formats import show_money
from shop.core.i18n import gettext as _
from shop.payments.province import queries, services
from shop.payments.province.forms import PayoutForm

bp = Blueprint("province_debts", __name__)


@bp.get("/staff/voucher-debts")
@role_required(Role.ADMIN)
def index() -> Any:
    """List what is due to each cooperative, what follows when orders arrive, and what was paid."""
    return render_template("shop/payments/province/index.html", debts=queries.debts(), payouts=queries.payouts())


@bp.route("/staff/voucher-debts/<code>", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def payout(code: str) -> Any:
    """Note a transfer to one cooperative: it is shown once more, and kept by the second button."""
    seller = queries.seller(code)
    if seller is None:
        abort(404)
    due = queries.due_to(seller.id)
    form, sure = PayoutForm.of_request(data={"amount": due or None}), False
    if form.accepted():
        amount, reference = form.amount.data or 0, form.reference.data or ""
        sure = form.sure.data == form.said
        try:
            if sure:
                with writing():
                    services.note(seller, amount, reference, me())
                page.say(_("Noted: %(amount)s to %(seller)s.", amount=show_money(amount), seller=seller.name))
                return redirect(url_for(".index"))
            services.check(seller, amount, reference)
            form.sure.data, sure = form.said, True
        except DomainError as problem:
            sure = False
            form.refuse(problem)
    answer = render_template("shop/payments/province/payout.html", form=form, seller=seller, due=due, sure=sure)
    return answer, 422 if request.method == "POST" and not sure else 200
