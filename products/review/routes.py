"""The page on which an officer decides."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from products import queries as product_queries
from products.models import Product
from products.queue import services as queue
from products.review import queries, services
from products.review.forms import AnyForm, posted, pressed
from products.review.overtaking import overtaken_page
from products.review.pages import Shown, decision_page
from products.review.undoing import came, decided_now, is_ahead, undoable
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Invalid, NotAllowed
from shop.core.forms import Form
from shop.core.i18n import gettext as _

bp = Blueprint("product_review", __name__)


@bp.route("/review/products/<code>/<int(max=99999):number>/decision", methods=["GET", "POST"])
@role_required(Role.OFFICER)
def decision(code: str, number: int) -> Any:
    """Show a revision as it was sent; decide on it."""
    undo = undoable(me()) if request.method == "GET" and not is_ahead() else None
    product = _mine(code)
    revision = queries.as_sent(product, number)
    form = posted() if request.method == "POST" else None
    if revision is None:
        if number >= product_queries.last_number(product) or not number:
            abort(404)
        return overtaken_page(product, number, services.overtaken(product, number), form)
    shown = Shown(me(), product, revision)
    if request.method == "GET":
        return decision_page(_claimed(shown), undo=undo)
    if form is not None and "go_on" in request.form:
        return _go_on(shown, form)
    if form is None:
        form = Form()
        form.form_errors.append(_("Choose a decision."))
        return decision_page(shown, form, 422)
    return _decide(shown, form) if form.validate() else decision_page(shown, form, 422)


@bp.post("/review/products/<code>/<int(max=99999):number>/decision/withdrawal")
@role_required(Role.OFFICER)
def withdrawal(code: str, number: int) -> Response:
    """Undo one's own decision within its ten seconds."""
    with writing():
        services.undo(_mine(code), number, me())
    page.say(_("Undone. It waits again."))
    return redirect(url_for(".decision", code=code, number=number, **came()))


def _claimed(shown: Shown) -> Shown:
    """Give the officer what he opens for a quarter of an hour; a page that is fetched ahead gives nothing."""
    if not shown.to_be_claimed or is_ahead():
        return shown
    code, number = shown.product.code, shown.revision.number
    with writing():
        queue.claim(shown.revision.id, number, me())
    return _afresh(code, number)


def _go_on(shown: Shown, form: AnyForm) -> Any:
    """Show again what was written for an older version, or what stands in the way; it decides nothing."""
    if shown.waits and shown.why_not is None:
        return decision_page(_claimed(shown), form)
    product, number = shown.product, shown.revision.number
    taken = services.Overtaken(shown.why_not, number) if shown.waits else services.overtaken(product, number)
    return overtaken_page(product, number, taken, form)


def _decide(shown: Shown, form: AnyForm) -> Any:
    code, number = shown.product.code, shown.revision.number
    try:
        with writing():
            decision = services.decide(
                _mine(code), number, me(), form.verdict, form.note_text, issues=form.issues, press=pressed()
            )
    except Invalid as problem:
        form.refuse(problem)
        return decision_page(_afresh(code, number), form, problem.status)
    except services.Overtaken as problem:
        product = _mine(code)
        standing = queries.standing(product, number)
        if standing is None or (standing.officer_id, standing.verdict) != (me().id, form.verdict):
            return overtaken_page(product, number, problem, form)
        page.say(_("You decided this already."), "info")
    except NotAllowed:
        with writing():
            services.note_refusal(_mine(code), number, me())
        raise
    else:
        if decision.withdrawn_at is not None:
            page.say(services.UNDID, "info")
            return redirect(url_for(".decision", code=code, number=number, **came()))
    decided_now()
    return redirect(url_for("product_queue.step", code=code, number=number, **came()))


def _mine(code: str) -> Product:
    product: Product = db.one_or_404(queries.product_for(me(), code))
    return product


def _afresh(code: str, number: int) -> Shown:
    product = _mine(code)
    revision = queries.as_sent(product, number)
    if revision is None:
        raise services.overtaken(product, number)
    return Shown(me(), product, revision)
