"""Talks beside goods: asked by an officer or a seller, answered on a page of their own."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from sqlalchemy import select

from cooperatives.helping.words import both_names
from products import queries as products
from products.issues.models import RevisionIssue
from products.models import ProductRevision
from products.questions import queries, services
from products.questions.forms import TalkForm
from products.questions.models import Talk
from products.review import queries as review
from shop.accounts.access import me, my_roles, opens, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _

bp = Blueprint("product_questions", __name__)


@bp.post("/review/products/<code>/<int(max=99999):number>/talks")
@role_required(Role.OFFICER)
def ask(code: str, number: int) -> Any:
    """Ask the colleagues of the commune, and admins, about what was sent; the seller never reads it."""
    db.one_or_404(review.product_for(me(), code))
    back = url_for("product_review.decision", code=code, number=number) + "#talks"
    form = TalkForm.of_request()
    try:
        with writing():
            product = db.one_or_404(review.product_for(me(), code))
            talk = services.ask_colleagues(product, number, me(), form.text.data or "")
    except DomainError as problem:
        page.say(problem.sentence, "warn")
        return redirect(back)
    page.say(_("Your colleagues are told."))
    return redirect(url_for(".staff_talk", code=talk.code))


@bp.post("/my/products/<code>/talks")
@role_required(Role.MEMBER)
def not_understood(code: str) -> Any:
    """Tell the officer that something is not understood: one thing to mend, or the goods as a whole."""
    db.one_or_404(products.one_for(me(), code))
    asked = request.form.get("issue", "")
    form = TalkForm.of_request()
    try:
        with writing():
            product = db.one_or_404(products.one_for(me(), code))
            mine = select(ProductRevision.id).where(ProductRevision.product_id == product.id)
            found = select(RevisionIssue).where(RevisionIssue.code == asked, RevisionIssue.revision_id.in_(mine))
            issue = db.one_or_404(found) if asked else None
            words = form.text.data or _("I do not understand: %(what)s", what=issue.words if issue else "?")
            talk = services.not_understood(product, issue, me(), words)
    except DomainError as problem:
        page.say(problem.sentence, "warn")
        return redirect(url_for("products.edit", code=code) if opens("products") else url_for("desk.index"))
    page.say(_("The officer is told and answers here."))
    return redirect(url_for(".member_talk", code=talk.code))


@bp.route("/review/talks/<code>", methods=["GET", "POST"])
@role_required(Role.OFFICER, Role.ADMIN)
def staff_talk(code: str) -> Any:
    """Read a talk and answer in it: an officer of the commune, or an admin."""
    return _talk(lambda: queries.for_staff(me(), code, admin=Role.ADMIN in my_roles()), staff=True)


@bp.route("/my/talks/<code>", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def member_talk(code: str) -> Any:
    """Read what the officer says, and answer."""
    return _talk(lambda: queries.for_member(me(), code), staff=False)


def _talk(find: Callable[[], Talk | None], *, staff: bool) -> Any:
    """Show a talk, and by that keep that it was read; a post adds words to it."""
    if find() is None:
        abort(404)
    form, status = TalkForm.of_request(), 200
    if request.method == "POST":
        if form.validate():
            try:
                with writing():
                    services.say(find() or abort(404), me(), form.text.data or "")
                return redirect(request.path + "#newest")
            except DomainError as problem:
                form.refuse(problem)
        status = 422
    with writing():
        talk = find() or abort(404)
        services.read(talk, me())
    talk = find() or abort(404)
    shown = {"talk": talk, "form": form, "staff": staff, "mine": me().id, "both_names": both_names}
    return render_template("products/questions/talk.html", **shown), status
