"""What `flask verify` proves about search: its rows are what is public, no more, no less."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import select

from products.models import Product
from products.search import sources
from products.search.models import SearchEntry
from shop.core.db import db

_AT_ONCE = 500
_COMPARED = (
    *("category", "cooperative_id", "commune_code", "approved_at", "season_months"),
    *("sent_as", "parcel_grams"),
    *("words", "joined", "sound", "name", "exact"),
)


def entries_are_what_is_public() -> Iterator[str]:
    """Every public product has its entry, with the words it should have; nothing else has one.

    What belongs to a seller that changed a moment ago is the sweep's to write.
    """
    on_its_way = _of_changed_sellers()
    public = [key for key in sources.public_ids() if key not in on_its_way]
    for start in range(0, len(public), _AT_ONCE):
        chunk = public[start : start + _AT_ONCE]
        kept = {
            row.product_id: row
            for row in db.session.scalars(select(SearchEntry).where(SearchEntry.product_id.in_(chunk)))
        }
        for wanted in sources.expected(chunk):
            row = kept.get(wanted["product_id"])
            if row is None:
                yield f"product {_code(wanted['product_id'])}: public, but search does not know it"
            elif any(getattr(row, name) != wanted[name] for name in _COMPARED):
                yield f"product {_code(wanted['product_id'])}: search knows older words"
    shown = {*public, *on_its_way}
    for product_id in db.session.scalars(select(SearchEntry.product_id).order_by(SearchEntry.product_id)):
        if product_id not in shown:
            yield f"product {_code(product_id)}: not public, but search finds it"


def _of_changed_sellers() -> set[int]:
    changed = sources.sellers_changed(_AT_ONCE, written_once=True)
    return {key for seller in changed for key in sources.products_of(seller)}


def _code(product_id: int) -> str | None:
    return db.session.scalar(select(Product.code).where(Product.id == product_id))


CHECKS: list[Callable[[], Iterable[str]]] = [entries_are_what_is_public]
