"""The door for the script of the desk: one press of a button, answered with the way back and with what comes next."""

from typing import Any

from flask import Blueprint, jsonify, render_template, request, url_for

from products.models import Product
from products.queue import services as queue
from products.queue.asked import asked_for, beside
from products.review import queries, services
from products.review.forms import LONGEST_PRESS, AnyForm, posted
from products.review.models import UNDO, Decision, Press, Verdict
from products.review.pages import Shown
from products.review.undoing import Undoable, decided_now, line_for, line_for_yes
from products.seconds import queries as seconds
from products.seconds.models import FirstLook
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.accounts.queries import communes_of_officer
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid, NotAllowed
from shop.core.forgery import by_script
from shop.core.i18n import gettext as _

bp = Blueprint("product_presses", __name__)
REFUSED = 409  # of this decision alone: 403 would stop all that waits on the phone


@bp.post("/review/products/<code>/<int(max=99999):number>/press")
@by_script
@role_required(Role.OFFICER)
def send(code: str, number: int) -> Any:
    """Decide; the same press again is answered as the first was. With `X-Opens` the next goods are his at once.

    `X-Draft-Key` names the press. Answers {next, undo, claim}: the address of the next goods, the line with the way
    back, and the line that says until when the next are his ("" where they are not). {error}: nothing was decided.
    """
    product, form = _mine(code), posted()
    if form is None or not form.validate():
        sentence = form.errors_list[0][1] if form else _("Choose a decision.")
        return jsonify(error=str(sentence)), 422
    press = Press(request.headers["X-Draft-Key"][:LONGEST_PRESS])
    try:
        with writing():
            issues = form.issues
            decision = services.decide(product, number, me(), form.verdict, form.note_text, issues=issues, press=press)
    except Invalid as problem:
        return jsonify(error=str(problem.sentence)), problem.status
    except NotAllowed as problem:
        with writing():
            services.note_refusal(_mine(code), number, me())
        return jsonify(error=str(problem.sentence)), REFUSED
    except Conflict as problem:
        same = _same(code, number, form)
        if same is None:
            return jsonify(error=str(problem.sentence)), REFUSED
        decision = same
    decided_now()
    return jsonify(undo=_undo(decision), **_next(code, number))


def _same(code: str, number: int, form: AnyForm) -> Decision | FirstLook | None:
    """Return the officer's own decision, or first yes, that says the same: he was first himself, from another page."""
    product = _mine(code)
    standing, revision = queries.standing(product, number), queries.as_sent(product, number)
    if standing is None and revision is not None and form.verdict is Verdict.APPROVE:
        first = seconds.standing(revision.id, number)
        return first if first is not None and first.officer_id == me().id else None
    same = standing is not None and (standing.officer_id, standing.verdict) == (me().id, form.verdict)
    return standing if same else None


def _undo(decision: Decision | FirstLook) -> str:
    undo: Undoable | None = None
    if isinstance(decision, FirstLook):
        undo = line_for_yes(decision) if decision.said_at > clock.now() - UNDO else None
    elif decision.may_be_undone:
        undo = line_for([decision])
    return render_template("products/review/_undo.html", undoable=undo).strip()


def _next(code: str, number: int) -> dict[str, str]:
    asked = asked_for(me(), communes_of_officer(me().id))
    product = _mine(code)
    found = beside(asked, queries.as_sent(product, number), code)
    if found is None:
        return {"next": url_for("product_queue.index", **asked.narrowed()), "claim": ""}
    address = url_for("product_review.decision", code=found.code, number=found.number, **asked.narrowed())
    return {"next": address, "claim": _claim(found.code, found.number) if "X-Opens" in request.headers else ""}


def _claim(code: str, number: int) -> str:
    """Give the next goods to the officer who will see them in a moment; "" where they cannot be his."""
    shown = _shown(code, number)
    if shown is None or not shown.waits or shown.why_not is not None:
        return ""
    if shown.to_be_claimed:
        with writing():
            queue.claim(shown.revision.id, number, me())
        shown = _shown(code, number)
    if shown is None or shown.claim is None or shown.why_not is not None:
        return ""
    parts = {"product": shown.product, "revision": shown.revision, "claim": shown.claim}
    return render_template("products/queue/_claim.html", **parts).strip()


def _shown(code: str, number: int) -> Shown | None:
    product = _mine(code)
    revision = queries.as_sent(product, number)
    return Shown(me(), product, revision) if revision is not None else None


def _mine(code: str) -> Product:
    product: Product = db.one_or_404(queries.product_for(me(), code))
    return product
