"""The page on which a manager opens the cooperative's own account at the card's provider."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from cooperatives.models import Cooperative
from cooperatives.queries import one_for
from cooperatives.services import needs_manager
from shop.accounts.access import me, role_required
from shop.accounts.confirming.gate import needs_proof
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.i18n import gettext as _
from shop.core.present import origin, settings
from shop.ledger.models import Account
from shop.ledger.queries import balances
from shop.payments.methods import stripe_connect
from shop.payments.methods.base import NoAnswer, Refused
from shop.payments.passing import queries, services

bp = Blueprint("passing", __name__)


@bp.route("/cooperatives/<code>/card-account", methods=["GET", "POST"])
@role_required(Role.MANAGER)
@needs_proof(strong=True, to_read=False)
def account(code: str) -> Any:
    """Show how the account stands; a post opens it and gives the link to the provider's page."""
    seller = _mine(code)
    if request.method == "GET":
        return _page(seller)
    if not settings().stripe_connect_country:
        return _page(seller, problem=_("This market passes no card money on. Ask the operator.")), 409
    back = f"{origin()}{url_for('.account', code=code)}"
    try:
        found = queries.account_of(seller)
        reference = found.reference if found else ""
        name = seller.name
        db.session.rollback()
        if not reference:
            holder = stripe_connect.open_account(code, name)
            with writing():
                reference = services.open_account(_mine(code), holder, me()).reference
        link = stripe_connect.link_to_fill_in(reference, back)
    except NoAnswer:
        return _page(_mine(code), problem=_("Stripe did not answer. Try again in a minute.")), 503
    except Refused:
        return _page(_mine(code), problem=_("Stripe opens no account for this seller. Ask the operator.")), 409
    return _page(_mine(code), link=link)


@bp.get("/cooperatives/<code>/card-account/return")
@role_required(Role.MANAGER)
def back(code: str) -> Any:
    """Come back from the provider's page: ask how the account stands now."""
    found = queries.account_of(_mine(code))
    if found is not None:
        key, reference = found.id, found.reference
        db.session.rollback()
        try:
            holder = stripe_connect.look_up_account(reference)
        except (NoAnswer, Refused):
            page.say(_("Stripe did not answer. Try again in a minute."), "bad")
        else:
            with writing():
                services.keep_account(key, holder)
    return redirect(url_for(".account", code=code))


def _mine(code: str) -> Cooperative:
    """Return the manager's own cooperative."""
    found: Cooperative = db.one_or_404(one_for(me(), code))
    needs_manager(found, me())
    return found


def _page(seller: Cooperative, *, link: str = "", problem: str = "") -> str:
    there = balances([seller.id]).get(seller.id, {})
    return render_template(
        "shop/payments/passing/account.html",
        seller=seller,
        account=queries.account_of(seller),
        link=link,
        problem=problem,
        offered=bool(settings().stripe_connect_country),
        held=there.get(Account.CARD, 0),
        passed=there.get(Account.CONNECTED, 0),
    )
