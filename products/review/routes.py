"""The page on which an officer decides."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from cooperatives.photos import services as photos
from products import queries as product_queries
from products.models import Product
from products.queue import services as queue
from products.review import queries, services
from products.review.forms import AnyForm, ApproveForm, posted
from products.review.models import Verdict
from products.review.pages import Shown, decision_page
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid, NotAllowed
from shop.core.forms import Form
from shop.core.i18n import gettext as _
from shop.core.present import media_key

bp = Blueprint("product_review", __name__)


@bp.route("/review/products/<code>/<int(max=99999):number>/decision", methods=["GET", "POST"])
@role_required(Role.OFFICER)
def decision(code: str, number: int) -> Any:
    """Show a revision as it was sent; decide on it."""
    product = _mine(code)
    revision = queries.as_sent(product, number)
    if revision is None:
        if number >= product_queries.last_number(product) or not number:
            abort(404)
        return _overtaken(code, services.overtaken(product, number))
    shown = Shown(me(), product, revision)
    if request.method == "GET":
        return decision_page(_claimed(shown))
    form = posted()
    if form is None:
        form = Form()
        form.form_errors.append(_("Choose a decision."))
        return decision_page(shown, form, 422)
    return _decide(shown, form) if form.validate() else decision_page(shown, form, 422)


def _claimed(shown: Shown) -> Shown:
    """Give the officer what he opens for a quarter of an hour; a page that is fetched ahead gives nothing."""
    if not shown.to_be_claimed or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return shown
    code, number = shown.product.code, shown.revision.number
    with writing():
        queue.claim(shown.revision.id, number, me())
    return _afresh(code, number)


def _decide(shown: Shown, form: AnyForm) -> Any:
    code, number = shown.product.code, shown.revision.number
    try:
        decided = _record(shown, form)
    except Invalid as problem:
        form.refuse(problem)
        return decision_page(_afresh(code, number), form, problem.status)
    except services.Overtaken as problem:
        return _overtaken(code, problem)
    except NotAllowed:
        with writing():
            services.note_refusal(_mine(code), number, me())
        raise
    return _said(decided)


def _record(shown: Shown, form: AnyForm) -> services.Decided:
    """Copy the pictures first, then decide; when nothing was decided, the sweep takes the copies away again."""
    code, number = shown.product.code, shown.revision.number
    fresh: list[str] = []
    if isinstance(form, ApproveForm) and shown.waits and shown.why_not is None:
        fresh = queries.not_public(shown.revision)
        photos.publish(current_app.extensions["storage"], media_key(), fresh)
    try:
        with writing():
            return services.decide(
                _mine(code), number, me(), form.verdict, form.note_text, issues=form.issues, published=fresh
            )
    except DomainError:
        if fresh:
            with writing():
                photos.mark_public(fresh)  # that is where the copies lie now; nothing public uses them
        raise


def _said(decided: services.Decided) -> Response:
    sentences = {
        Verdict.APPROVE: _("Approved. Buyers see it now."),
        Verdict.RETURN: _("Returned. The seller is told what to mend."),
        Verdict.REJECT: _("Not accepted. The seller is told why."),
    }
    page.say(sentences[decided.decision.verdict])
    if not decided.price_set:
        page.say(_("The seller had changed the price meanwhile: that price stays."), "warn")
    return redirect(url_for("product_queue.index"))


def _mine(code: str) -> Product:
    product: Product = db.one_or_404(queries.product_for(me(), code))
    return product


def _afresh(code: str, number: int) -> Shown:
    product = _mine(code)
    revision = queries.as_sent(product, number)
    if revision is None:
        raise services.overtaken(product, number)
    return Shown(me(), product, revision)


def _overtaken(code: str, problem: services.Overtaken) -> tuple[str, int]:
    return render_template("products/review/overtaken.html", code=code, problem=problem), problem.status
