"""The buyer's answer to a change, by the link of the purchase: what there is, what is offered, the rest, or nothing."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products.packs import pack_text
from shop.accounts.access import maybe_me, public
from shop.checkout.tracking.routes import purchase_of_link
from shop.core import page
from shop.core.codes import shown
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.core.i18n import lazy_gettext as _l
from shop.orders.changes import queries
from shop.orders.changes.models import Change
from shop.orders.changes.services import delta_of, stands
from shop.payments.changing import services
from shop.payments.queries import state_of

bp = Blueprint("changes", __name__)

Answer = Response | str | tuple[str, int]
# What a button sends: what is done, and what is said when it is.
ANSWERS = {
    "yes": (services.agree, _l("Thank you. The seller packs it now.")),
    "without": (services.without, _l("Thank you. The seller packs it now.")),
    "rest": (services.leave_out, _l("Thank you. The seller packs the rest now.")),
    "cancel": (services.cancel, _l("The order is cancelled.")),
}


@bp.route("/purchases/<token>/orders/<code>/changes/<change>", methods=["GET", "POST"])
@public
def answer(token: str, code: str, change: str) -> Answer:
    """Show what is missing and what it comes to; a button answers, once."""
    purchase = purchase_of_link(token)
    asked = _asked(token, code, change)
    problem: DomainError | None = None
    if request.method == "POST":
        act, done = ANSWERS.get(request.form.get("answer", "")) or abort(422)
        person = maybe_me()
        try:
            with writing():
                again = _asked(token, code, change)
                act(again, person if person is not None and person.id == again.order.purchase.buyer_id else None)
            page.say(done)
            return redirect(url_for("tracking.show", token=token))
        except DomainError as refused:
            problem, asked = refused, _asked(token, code, change)
    if not asked.is_open:
        page.say(problem.sentence if problem else _("This was already answered. Here is how it stands now."), "info")
        return redirect(url_for("tracking.show", token=token))
    page_of_it = render_template(
        "shop/checkout/changes/answer.html",
        purchase=purchase,
        change=asked,
        order=asked.order,
        problem=problem,
        outcomes=_outcomes(asked),
        cancels=not stands(asked, "lapse"),
        money=state_of(asked.order_id),
        shown=shown,
        pack_text=pack_text,
    )
    return (page_of_it, problem.status) if problem else page_of_it


def _asked(token: str, code: str, change: str) -> Change:
    return db.session.scalar(queries.one_of_purchase(token, code, change)) or abort(404)


def _outcomes(change: Change) -> dict[str, int]:
    """Return what the order makes after each answer it can have, in đồng."""
    actions = {"yes": "agree"}
    if change.substitutes and stands(change, "without"):
        actions["without"] = "without"
    if any(one.after for one in change.fewer) and stands(change, "decline"):
        actions["rest"] = "decline"
    return {answer: change.order.due + delta_of(change, action) for answer, action in actions.items()}
