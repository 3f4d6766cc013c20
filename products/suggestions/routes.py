"""The officer proposes an edit; the seller answers."""

from typing import Any

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from products import queries as products
from products.review import queries as review
from products.review.pages import Shown, decision_page
from products.suggestions import queries, services
from products.suggestions.forms import form_for
from products.suggestions.models import Suggestion
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError, Invalid
from shop.core.forms import stripped
from shop.core.i18n import gettext as _

bp = Blueprint("product_suggestions", __name__)


@bp.post("/review/products/<code>/<int(max=99999):number>/suggestions")
@role_required(Role.OFFICER)
def suggest(code: str, number: int) -> Any:
    """Propose another value for one field of what waits."""
    product = db.one_or_404(review.product_for(me(), code))
    revision = review.as_sent(product, number)
    back = url_for("product_review.decision", code=code, number=number)
    if revision is None:
        return redirect(back)
    form = form_for(revision, request.form.get("field", ""), posted=True)
    if form is None:
        abort(404)
    if not form.validate():
        return decision_page(Shown(me(), product, revision), form, 422)
    try:
        with writing():
            held = db.one_or_404(review.product_for(me(), code))
            services.suggest(held, number, me(), form.field.data or "", form.new.data or "", form.note.data or "")
    except Invalid as problem:
        form.refuse(problem)
        held = db.one_or_404(review.product_for(me(), code))
        again = review.as_sent(held, number)
        return decision_page(Shown(me(), held, again), form, problem.status) if again else redirect(back)
    page.say(_("The seller reads your suggestion. Nothing has changed yet."))
    return redirect(back + "#suggest")


@bp.post("/my/products/<code>/suggestions/<suggestion>")
@role_required(Role.MEMBER)
def answer(code: str, suggestion: str) -> Response:
    """Take a proposal with one tap, or decline it in words."""
    _mine(code, suggestion)
    declines = request.form.get("answer") == "decline"
    try:
        with writing():
            found = _mine(code, suggestion)
            if declines:
                services.decline(found, me(), stripped(request.form.get("words"))[:500])
                said = _("The officer reads why.")
            elif services.take(found, me()):
                said = _("Taken over and sent to the officer.")
            else:
                said = _("Taken over. Send it when the rest is done.")
    except DomainError as problem:
        page.say(problem.sentence, "warn")
        return redirect(url_for("products.preview", code=code) + "#suggestions")
    page.say(said)
    return redirect(url_for("products.preview", code=code))


def _mine(code: str, suggestion: str) -> Suggestion:
    product = db.one_or_404(products.one_for(me(), code))
    return queries.one_of(product, suggestion) or abort(404)
