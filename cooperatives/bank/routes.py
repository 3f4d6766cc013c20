"""The page of the bank account: a manager proposes, another says yes, anybody of them stops it."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.bank import queries, services
from cooperatives.forms import BankAccountForm
from cooperatives.lifecycle import Task
from cooperatives.models import Cooperative
from cooperatives.queries import bank_account, one_for
from cooperatives.review.queries import one_for as one_for_officer
from cooperatives.review.services import mend
from cooperatives.routes import mine
from shop.accounts.access import me, role_required
from shop.accounts.confirming.gate import needs_proof
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.i18n import gettext as _

bp = Blueprint("cooperative_bank", __name__)


def _again(code: str) -> Cooperative:
    return db.session.execute(one_for(me(), code)).scalar_one()


def _page(cooperative: Cooperative, form: BankAccountForm | None) -> str:
    account = queries.waiting(cooperative)
    names = ", ".join(one.name for one in queries.approvers(cooperative, account.added_by_id)) if account else ""
    return render_template(
        "cooperatives/bank/account.html",
        cooperative=cooperative,
        form=form,
        account=bank_account(cooperative),
        waiting=account,
        approvers=names,
        may_approve=account is not None and queries.may_approve(account, cooperative, me()),
        may_stop=queries.is_manager(cooperative, me()) or form is None,
    )


@bp.route("/cooperatives/<code>/bank-account", methods=["GET", "POST"])
@needs_proof(strong=True, to_read=False)
def account(code: str) -> Response | str:
    """Show the account in force and the one that waits; a manager proposes another."""
    cooperative, form = mine(code), BankAccountForm.of_request()
    if form.accepted():
        values = form.bank_bin.data, form.number.data, form.holder.data
        with writing():
            again = _again(code)
            made = services.propose(again, *values, me())
            mend(again, Task.MONEY, me())
            at_once = made.in_force_at is not None
        page.say(_("Saved. All managers are told.") if at_once else _("Saved. It counts once approved, not before."))
        return redirect(url_for("cooperative_bank.account", code=code))
    return _page(cooperative, form)


@bp.post("/cooperatives/<code>/bank-account/<account>/approval")
@needs_proof(strong=True)
def approval(code: str, account: str) -> Response:
    """Say yes as another manager."""
    mine(code)
    with writing():
        services.approve(_again(code), account, me())
    page.say(_("Approved. It counts when the waiting time is over."))
    return redirect(url_for("cooperative_bank.account", code=code))


@bp.post("/cooperatives/<code>/bank-account/<account>/stop")
def stop(code: str, account: str) -> Response:
    """Stop the account that waits; the present one goes on."""
    mine(code)
    with writing():
        services.stop(_again(code), account, me())
    page.say(_("Stopped. The present account stays."))
    return redirect(url_for("cooperative_bank.account", code=code))


@bp.route("/review/cooperatives/<code>/bank-account", methods=["GET", "POST"])
@role_required(Role.OFFICER)
@needs_proof(strong=True, to_read=False)
def decision(code: str) -> Response | str:
    """Let the commune's officer say yes or no, where a cooperative has no second manager."""
    cooperative = db.one_or_404(one_for_officer(me(), code))
    if request.method == "GET":
        return _page(cooperative, None)
    yes, which = request.form.get("verdict") == "approve", request.form.get("account", "")
    with writing():
        again = db.session.execute(one_for_officer(me(), code)).scalar_one()
        (services.approve if yes else services.stop)(again, which, me())
    page.say(_("Decision recorded. They are told."))
    return redirect(url_for("cooperative_bank.decision", code=code))
