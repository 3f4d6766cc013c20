"""Keeping the prepared words equal to what is public."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, update

from cooperatives.models import Cooperative
from products.search import indexes, sources
from products.search.models import SearchEntry, SearchSeller, SearchWord
from shop.core.db import db

AT_ONCE = 500


def refresh(product_ids: Iterable[int]) -> int:
    """Write the entries of these products anew from what is public now; returns how many there are.

    An entry of a product that is no longer public goes. Belongs in the transaction that changes what is
    public: a decision, the shelf, the state or the name of a cooperative.
    """
    wanted, written = sorted(set(product_ids)), 0
    for start in range(0, len(wanted), AT_ONCE):
        chunk = wanted[start : start + AT_ONCE]
        db.session.execute(delete(SearchEntry).where(SearchEntry.product_id.in_(chunk)))
        written += _write(sources.expected(chunk))
    return written


def refresh_cooperative(cooperative_id: int) -> int:
    """Write the entries of all products of a cooperative anew, and from which version of it; returns how many."""
    taken = select(Cooperative).where(Cooperative.id == cooperative_id).with_for_update()
    seller = db.session.scalars(taken.execution_options(populate_existing=True)).one()
    kept = db.session.get(SearchSeller, cooperative_id) or SearchSeller(cooperative_id=cooperative_id)
    kept.version = seller.version
    db.session.add(kept)
    return refresh(sources.products_of(cooperative_id))


def rebuild_all() -> int:
    """Write every entry anew; returns how many there are. For the demo market, restores and repairs.

    The engine's index is made once at the end, which takes a fifth of the time of keeping it up row by row.
    """
    connection = db.session.connection()
    indexes.drop(connection)
    db.session.execute(delete(SearchEntry))
    public = sources.public_ids()
    chunks = (public[start : start + AT_ONCE] for start in range(0, len(public), AT_ONCE))
    written = sum(_write(sources.expected(chunk)) for chunk in chunks)
    indexes.create(connection)
    return written


def keep_vocabulary(counted: Counter[str], fresh: Sequence[tuple[int, str]]) -> None:
    """Make the vocabulary equal to `counted`, and note that the `fresh` entries (product id, words) are in it.

    An entry that was written anew since it was read keeps its mark, so the next sweep counts it.
    """
    known = {row.word: row.products for row in db.session.execute(select(SearchWord.word, SearchWord.products))}
    gone = [word for word in known if word not in counted]
    for start in range(0, len(gone), AT_ONCE):
        db.session.execute(delete(SearchWord).where(SearchWord.word.in_(gone[start : start + AT_ONCE])))
    added = [{"word": word, "products": times} for word, times in counted.items() if word not in known]
    changed = [{"word": w, "products": times} for w, times in counted.items() if known.get(w, times) != times]
    if added:
        db.session.execute(insert(SearchWord), added)
    if changed:
        db.session.execute(update(SearchWord), changed)
    if fresh:
        # One prepared statement for all, on the connection: the session would compile an UPDATE for each.
        table = SearchEntry.__table__
        same = (table.c.product_id == bindparam("of_product")) & (table.c.words == bindparam("as_read"))
        marks = [{"of_product": product_id, "as_read": words} for product_id, words in fresh]
        db.session.connection().execute(update(table).where(same).values(counted=True), marks)  # type: ignore[arg-type]


def _write(rows: list[dict[str, Any]]) -> int:
    if rows:
        db.session.execute(insert(SearchEntry), rows)
    return len(rows)
