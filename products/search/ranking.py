"""The one select of the search: candidates by the engine's own index, ranked; built once for each shape of query."""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    case,
    column,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
    table,
)

from products import queries as products
from products.models import Product, Sku
from products.search.matching import Asked, Query, fts5, tsquery
from products.search.models import SearchEntry

_FTS = table("search_fts", column("rowid"), column("search_fts"))
_BM25 = "bm25(search_fts, 4.0, 2.0, 1.0)"  # words, joined, sound
_NAMED = {"words": SearchEntry.name, "joined": func.replace(SearchEntry.name, " ", "")}  # sounds name nothing


class Wish(NamedTuple):
    """What is asked, and by what the matches are ranked; of `most` candidates the newest are taken."""

    query: Query
    words: tuple[str, ...]  # as typed, folded: together in a name they count twice
    exact: tuple[str, ...]  # as typed with their marks, where marks were typed
    named: Asked  # the terms that count in a name
    by_relevance: bool  # bm25 or ts_rank decide: only where not every word must occur
    category: str | None
    commune: str | None


class _Shape(NamedTuple):
    """All that changes the text of the statement."""

    sqlite: bool
    exact: int
    named: tuple[tuple[str, ...], ...]  # the columns of each term
    by_relevance: bool
    category: bool
    commune: bool


def ranked(wish: Wish, most: int, sqlite: bool) -> tuple[Select[Any], dict[str, Any]]:
    """Return the select of product ids in the order of rank, and the values of its parameters."""
    terms = [[word for word in term if word.column in _NAMED] for term in wish.named]
    shape = _Shape(
        sqlite,
        len(wish.exact),
        tuple(tuple(word.column for word in term) for term in terms),
        wish.by_relevance,
        wish.category is not None,
        wish.commune is not None,
    )
    values: dict[str, Any] = {"matches": fts5(wish.query) if sqlite else tsquery(wish.query), "most": most}
    values |= {"category": wish.category} if wish.category is not None else {}
    values |= {"commune": wish.commune} if wish.commune is not None else {}
    values |= {f"exact_{place}": f" {word} " for place, word in enumerate(wish.exact)}
    values |= {
        f"named_{at}_{place}": _sought(term, place) for at, term in enumerate(terms) for place in range(len(term))
    }
    values |= {"together": f" {' '.join(wish.words)}"} if len(terms) > 1 else {}
    return _select(shape), values


def _sought(term: Any, place: int) -> str:
    word = term[place]
    if word.column == "joined":
        return str(word.text)
    return f" {word.text}" if word.prefix else f" {word.text} "


@lru_cache(maxsize=256)
def _select(shape: _Shape) -> Select[Any]:
    found = _candidates(shape).subquery("found")
    order: list[Any] = []
    if shape.exact:
        order.append(_how_many(_has(SearchEntry.exact, f"exact_{place}") for place in range(shape.exact)).desc())
    named: Any = _how_many(_is_named(at, columns) for at, columns in enumerate(shape.named))
    if len(shape.named) > 1:
        named = named + case((_has(SearchEntry.name, "together"), len(shape.named)), else_=0)
    order += [named.desc(), _in_stock().desc()]
    order += [found.c.rank] if shape.by_relevance else []
    return (
        products.public(Product.id)
        .join(found, found.c.product_id == Product.id)
        .join(SearchEntry, SearchEntry.product_id == Product.id)
        .order_by(*order, SearchEntry.approved_at.desc(), SearchEntry.product_id.desc())
    )


def _candidates(shape: _Shape) -> Select[Any]:
    """Select product_id (and rank: smaller is better) of the newest entries that match; an engine each."""
    key, rank, matches, chosen = _of_sqlite() if shape.sqlite else _of_postgres()
    chosen = chosen.with_only_columns(key.label("product_id"), *([rank.label("rank")] if shape.by_relevance else []))
    if shape.sqlite and (shape.category or shape.commune):
        chosen = chosen.join(SearchEntry, SearchEntry.product_id == key)
    if shape.category:
        chosen = chosen.where(SearchEntry.category == bindparam("category"))
    if shape.commune:
        chosen = chosen.where(SearchEntry.commune_code == bindparam("commune"))
    return chosen.where(matches).order_by(key.desc()).limit(bindparam("most"))


def _of_sqlite() -> tuple[Any, Any, Any, Any]:
    matches = _FTS.c.search_fts.op("MATCH")(bindparam("matches", type_=Text))
    return _FTS.c.rowid, literal_column(_BM25), matches, select(_FTS.c.rowid).select_from(_FTS)


def _of_postgres() -> tuple[Any, Any, Any, Any]:
    tsv: Any = literal_column("search_entries.tsv")
    wanted = func.to_tsquery(literal_column("'simple'"), bindparam("matches", type_=Text))
    key = SearchEntry.product_id
    return key, -func.ts_rank(tsv, wanted), tsv.op("@@")(wanted), select(key)


def _how_many(conditions: Any) -> ColumnElement[int]:
    total: Any = literal(0)
    for condition in conditions:
        total = total + case((condition, 1), else_=0)
    return total


def _is_named(at: int, columns: tuple[str, ...]) -> ColumnElement[bool]:
    """Say whether one of the words stands in a name, or there in several words."""
    return or_(*(_has(_NAMED[name], f"named_{at}_{place}") for place, name in enumerate(columns)))


def _has(text: Any, parameter: str) -> ColumnElement[bool]:
    found: ColumnElement[bool] = text.contains(bindparam(parameter, type_=Text))
    return found


def _in_stock() -> ColumnElement[int]:
    left = and_(Sku.product_id == SearchEntry.product_id, Sku.retired_at.is_(None), Sku.on_hand > Sku.held)
    return case((exists().where(left), 1), else_=0)
