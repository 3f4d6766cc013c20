"""The page on which an officer approves changes that are alike with one button."""

from datetime import timedelta
from typing import Any, NamedTuple

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from products.bulk import queries, services
from products.bulk.queries import Alike
from products.fields import LABELS
from products.models import Product
from products.review import services as review
from products.review.forms import LONGEST_PRESS
from products.review.models import UNDO, Press, Verdict
from products.review.queries import product_for
from products.review.undoing import decided_now, undoable
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.accounts.queries import communes_of_officer
from shop.core import clock, page
from shop.core.codes import public_code
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.core.i18n import ngettext

bp = Blueprint("product_bulk", __name__)
_EACH = timedelta(milliseconds=50)  # what deciding on one may take, so that the last has its ten seconds too


class LeftOut(NamedTuple):
    """Goods that were not approved with the others, and why."""

    name: str
    code: str
    sentence: Any


@bp.get("/review/products/alike")
@role_required(Role.OFFICER)
def index() -> str:
    """List the kinds of low-risk changes that wait, and how many of each."""
    undo = undoable(me())
    found = queries.alike(communes_of_officer(me().id), me())
    kinds = [(kind, _words(kind), len(items)) for kind, items in sorted(found.items(), key=lambda one: -len(one[1]))]
    return render_template("products/bulk/index.html", kinds=kinds, undoable=undo)


@bp.route("/review/products/alike/<kind>", methods=["GET", "POST"])
@role_required(Role.OFFICER)
def group(kind: str) -> str:
    """Show every change of a kind, old beside new; approve all that are not drawn to be opened one by one."""
    if not set(kind.split(".")) <= set(LABELS):
        abort(404)
    left: list[LeftOut] = []
    approved = 0
    if request.method == "POST":
        approved, left = _approve(kind, request.form.getlist("item"))
    undo = undoable(me())
    together, single = _drawn(kind)
    return render_template(
        "products/bulk/group.html",
        words=_words(kind),
        together=together,
        single=single,
        left=left,
        approved=approved,
        undoable=undo,
        press=public_code(),
    )


@bp.post("/review/products/alike/presses/<press>/withdrawal")
@role_required(Role.OFFICER)
def withdrawal(press: str) -> Response:
    """Undo all that one press of the button approved, while it has no effect."""
    with writing():
        undone = len(review.undo_press(press, me()))
    page.say(ngettext("Undone. %(num)s change waits again.", "Undone. %(num)s changes wait again.", undone))
    return redirect(url_for(".index"))


def _drawn(kind: str) -> tuple[list[Alike], list[Alike]]:
    """Return what may be approved together and what is opened one by one, drawing where nothing was drawn yet."""
    items = _alike(kind)
    lots = queries.draws(one.revision.id for one in items)
    if any((one.revision.id, one.revision.number) not in lots for one in items):
        with writing():
            services.draw(_alike(kind), me())
        items = _alike(kind)
        lots = queries.draws(one.revision.id for one in items)
    single = {key for key, sampled in lots.items() if sampled}
    apart = [one for one in items if (one.revision.id, one.revision.number) in single]
    return [one for one in items if one not in apart and (one.revision.id, one.revision.number) in lots], apart


def _alike(kind: str) -> list[Alike]:
    return queries.alike(communes_of_officer(me().id), me()).get(kind, [])


def _approve(kind: str, wanted: list[str]) -> tuple[int, list[LeftOut]]:
    """Decide on each by itself, in its own transaction; what changed since the page was drawn is left out and named."""
    together, _single = _drawn(kind)
    names = {one.key: one.revision.name for one in together}
    press = _press(len(wanted))
    done, left = 0, []
    for key in dict.fromkeys(wanted):
        code, _colon, number = key.partition(":")
        if key not in names:
            left.append(_gone(code))
            continue
        try:
            with writing():
                product = db.one_or_404(product_for(me(), code))
                review.decide(product, int(number), me(), Verdict.APPROVE, press=press)
            done += 1
        except DomainError as problem:
            left.append(LeftOut(names[key], code, problem.sentence))
    if done:
        decided_now()
    return done, [one for one in left if one.name]


def _press(items: int) -> Press:
    """Name this press of the button; all of it takes effect at one moment, ten seconds after the last was decided."""
    name = request.form.get("press", "")[:LONGEST_PRESS] or public_code()
    return Press(name, clock.now() + UNDO + _EACH * items)


def _gone(code: str) -> LeftOut:
    product: Product | None = db.session.scalar(product_for(me(), code))
    name = product.approved.name if product is not None and product.approved is not None else ""
    return LeftOut(name, code, _("It changed meanwhile, or is to be opened by itself."))


def _words(kind: str) -> str:
    return ", ".join(str(LABELS[field]) for field in LABELS if field in kind.split("."))
