"""The page of an officer who came too late: who was first, or what the seller changed; what he typed is kept."""

from typing import NamedTuple

from flask import render_template, request

from products import queries as product_queries
from products.comparison import Comparison
from products.fields import LABELS
from products.issues.rules import WHOLE
from products.models import Product
from products.review import queries
from products.review.forms import AnyForm, ReturnForm
from products.review.services import Overtaken
from products.review.undoing import came
from shop.core.i18n import gettext as _

_NOT_CARRIED = {"csrf_token", "press", "go_on"}


class Typed(NamedTuple):
    """What was written for a decision that did not come: (about what, words) to read, (name, value) to carry on."""

    lines: list[tuple[str, str]]
    carried: list[tuple[str, str]]


def overtaken_page(product: Product, number: int, problem: Overtaken, form: AnyForm | None = None) -> tuple[str, int]:
    """Draw what stands in the way of deciding on this number; `form` is the answer that was sent, if any was."""
    newer = problem.newest if problem.newest != number else None
    return render_template(
        "products/review/overtaken.html",
        code=product.code,
        number=number,
        problem=problem,
        newer=newer,
        compared=_compared(product, number, newer) if newer else None,
        typed=_typed(form) if form is not None else None,
        came=came(),
    ), problem.status


def _compared(product: Product, read: int, newer: int) -> Comparison | None:
    before, after = queries.as_it_was(product, read), queries.as_sent(product, newer)
    if before is None or after is None:
        return None
    return Comparison(before, after, product_queries.photos_of([before.id, after.id]), before.proposed_price)


def _typed(form: AnyForm) -> Typed | None:
    lines: list[tuple[str, str]] = []
    chosen: set[str] = set()
    if isinstance(form, ReturnForm):
        rows = [row for row in form.rows() if row.option.checked]
        lines = [(str(row.label), row.words) for row in rows]
        chosen = {row.name for row in rows}
    if form.note_text:
        about = LABELS.get(form.field.data or "", WHOLE) if isinstance(form, ReturnForm) else _("In your own words")
        lines.append((str(about), form.note_text))
    if not lines:
        return None
    kept = request.form.items(multi=True)
    carried = [(k, v) for k, v in kept if k not in _NOT_CARRIED and (not k.startswith("words-") or k in chosen)]
    return Typed(lines, carried)
