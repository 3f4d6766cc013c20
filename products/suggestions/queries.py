"""What officers have proposed for a revision, and what still waits for the seller."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from products.catalogue import category_name, unit_name
from products.differences import Change, pieces
from products.fields import LABELS
from products.models import Product, ProductRevision
from products.suggestions.models import Suggestion
from products.written import written
from shop.core.db import db
from shop.core.formats import show_money
from shop.core.i18n import current_language


def all_for(revision: ProductRevision) -> list[Suggestion]:
    """Return all that was ever proposed for a revision, with who did, oldest first."""
    chosen = select(Suggestion).where(Suggestion.revision_id == revision.id).options(joinedload(Suggestion.officer))
    return list(db.session.scalars(chosen.order_by(Suggestion.id)))


def open_for(revision: ProductRevision) -> list[Suggestion]:
    """Return what waits for the seller; what he has written otherwise since waits for nobody."""
    stands = written(revision)
    return [one for one in all_for(revision) if one.answer is None and stands.get(one.field, "") == one.old]


def as_changes(suggestions: list[Suggestion]) -> list[tuple[Suggestion, Change]]:
    """Return proposals with what each would change, old beside new in words, as pages show them."""
    return [(one, _change(one)) for one in suggestions]


def _change(one: Suggestion) -> Change:
    old, new = _in_words(one.field, one.old), _in_words(one.field, one.new)
    return Change(one.field, LABELS[one.field], old, new, list(pieces(old, new)))


def _in_words(field: str, value: str) -> str:
    if field == "category":
        return category_name(value, current_language())
    if field == "unit":
        return unit_name(value, current_language())
    return show_money(int(value)) if field == "price" and value.isascii() and value.isdecimal() else value


def one_of(product: Product, code: str) -> Suggestion | None:
    """Return the proposal of a product's revisions with this code, or None."""
    mine = select(ProductRevision.id).where(ProductRevision.product_id == product.id)
    return db.session.scalar(select(Suggestion).where(Suggestion.code == code, Suggestion.revision_id.in_(mine)))
