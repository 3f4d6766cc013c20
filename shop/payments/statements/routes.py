"""The page on which a seller without a notifier brings the bank's statement: first shown, then taken."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge

from cooperatives.banks import BANKS
from cooperatives.models import BankAccount
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.payments.statements import queries, services
from shop.payments.statements.forms import StatementForm, TakingForm
from shop.payments.statements.limits import MAX_BYTES
from shop.payments.statements.reading import read

bp = Blueprint("statements", __name__)
AROUND = 100_000  # bytes of a request that are not the file
DRAINED = 20 * 1024 * 1024  # of a refused file this much is read away, so that the browser shows our sentence
FIRST = 5  # lines that show whether the file was understood


@bp.url_value_preprocessor
def _let_a_statement_in(_endpoint: str | None, _values: dict[str, Any] | None) -> None:
    request.max_content_length = MAX_BYTES + AROUND
    request.max_form_memory_size = MAX_BYTES  # what was understood comes back as a field


@bp.errorhandler(RequestEntityTooLarge)
def _too_heavy(_problem: RequestEntityTooLarge) -> Any:
    left = min(request.content_length or 0, DRAINED)
    while left > 0 and (drained := request.environ["wsgi.input"].read(min(left, 65_536))):
        left -= len(drained)
    form = StatementForm(None)
    form.refuse(Invalid("file", _l("The file is too large: at most %(megabytes)s MB.", megabytes=MAX_BYTES // 10**6)))
    return _page(form, 413)


@bp.route("/my/transfers/statement", methods=["GET", "POST"])
@role_required(Role.MANAGER)
def statement() -> Any:
    """Ask for the bank's file; a post shows what was understood, and changes nothing yet."""
    form = StatementForm.of_request()
    form.account.choices = _choices()
    if not form.accepted():
        return _page(form, 422 if request.method == "POST" else 200)
    into = _account(form.account.data)
    try:
        found = services.understand(into, read(form.file.data.read()))
    except Invalid as problem:
        form.refuse(problem)
        return _page(form, problem.status)
    return render_template(
        "shop/payments/statements/seen.html",
        found=found,
        first=found.new[-1 : -FIRST - 1 : -1],
        account=into,
        bank=BANKS.get(into.bank_bin, into.bank_bin),
        sealed=services.pack(into, found.new, me()),
    )


@bp.post("/my/transfers/statement/taking")
@role_required(Role.MANAGER)
def taking() -> Any:
    """Take what was shown, all of it or nothing."""
    form = TakingForm.of_request()
    try:
        code, lines = services.unpack(form.sealed.data or "", me())
        with writing():
            done = services.apply(_account(code), lines, me())
    except DomainError as problem:
        again = StatementForm(None)
        again.refuse(problem)
        return _page(again, problem.status)
    page.say(_("Pay orders: %(paid)s. Wait for you: %(waiting)s.", paid=done.paid, waiting=done.waiting))
    return redirect(url_for("credits.index"))


def _page(form: StatementForm, status: int = 200) -> tuple[str, int]:
    form.account.choices = _choices()
    if not form.account.data and form.account.choices:
        form.account.data = form.account.choices[0][0]
    return render_template("shop/payments/statements/choose.html", form=form), status


def _choices() -> list[tuple[str, str]]:
    return [
        (account.code, f"{BANKS.get(account.bank_bin, account.bank_bin)}, {account.number}, {account.holder}")
        for account in queries.accounts(me())
    ]


def _account(code: str) -> BankAccount:
    """Return the account as it is now; raises Conflict for one that is not this person's (any more)."""
    found = next((account for account in queries.accounts(me()) if account.code == code), None)
    if found is None:
        raise Conflict(_l("Choose the file again."))
    return found
