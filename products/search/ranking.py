"""The one select of the search: candidates by the engine's own index, ranked; built once for each shape of query."""

from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
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
from products.catalogue import UNITS
from products.lifecycle import SeasonWord
from products.models import Product, Sku
from products.search.criteria import SOME, WHOLE, Criterion
from products.search.matching import Asked, Query, fts5, tsquery
from products.search.models import SearchEntry
from products.search.reading import Reading
from products.season import month_bit

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
    reading: Reading = Reading("")  # the price that narrows, the pack that comes first
    ways: tuple[str, ...] = ()  # other ways to say all of the words: in a name as good as they are
    shelves: tuple[str, ...] = ()  # categories that are called so
    month: int = 1  # that it is: what has no season now comes after what has


class _Shape(NamedTuple):
    """All that changes the text of the statement."""

    sqlite: bool
    words: int  # 0 where only a price is asked
    exact: int
    named: tuple[tuple[str, ...], ...]  # the columns of each term
    by_relevance: bool
    category: bool
    commune: bool
    least: bool
    most: bool
    packed: bool
    ways: int
    shelves: bool


def ranked(wish: Wish, most: int, sqlite: bool) -> tuple[Select[Any], dict[str, Any]]:
    """Return the select of product ids in the order of rank, and the values of its parameters."""
    terms = [[word for word in term if word.column in _NAMED] for term in wish.named]
    shape = _Shape(
        sqlite,
        len(wish.words),
        len(wish.exact),
        tuple(tuple(word.column for word in term) for term in terms),
        wish.by_relevance,
        wish.category is not None,
        wish.commune is not None,
        wish.reading.least is not None,
        wish.reading.most is not None,
        wish.reading.amount is not None,
        len(wish.ways),
        bool(wish.shelves),
    )
    values: dict[str, Any] = {"most": most, "season": month_bit(wish.month)}
    values |= {"matches": fts5(wish.query) if sqlite else tsquery(wish.query)} if wish.query else {}
    values |= {
        f"{name}_price": value for name in ("least", "most") if (value := getattr(wish.reading, name)) is not None
    }
    values |= {"pack": wish.reading.amount, "pack_words": _pack_words(wish.reading.base)} if shape.packed else {}
    values |= {"category": wish.category} if wish.category is not None else {}
    values |= {"commune": wish.commune} if wish.commune is not None else {}
    values |= {f"way_{place}": f" {phrase}" for place, phrase in enumerate(wish.ways)}
    values |= {f"leads_{place}": f"  {phrase}" for place, phrase in enumerate(_beginnings(wish))}
    values |= {"shelves": list(wish.shelves)} if wish.shelves else {}
    values |= {f"exact_{place}": f" {word} " for place, word in enumerate(wish.exact)}
    values |= {
        f"named_{at}_{place}": _sought(term, place) for at, term in enumerate(terms) for place in range(len(term))
    }
    values |= {"together": f" {' '.join(wish.words)}"} if len(terms) > 1 else {}
    return _select(shape), values


def _beginnings(wish: Wish) -> list[str]:
    """Return what a good name begins with, the best first: all of the words, other ways to say them, fewer of them."""
    whole, *fewer = [" ".join(wish.words[:length]) for length in range(len(wish.words), 0, -1)] or [""]
    return [whole, *wish.ways, *fewer] if whole else []


def _pack_words(base: str) -> list[str]:
    return [code for code, unit in UNITS.items() if unit.base_unit == base]


def _sought(term: Any, place: int) -> str:
    word = term[place]
    if word.column == "joined":
        return str(word.text)
    return f" {word.text}" if word.prefix else f" {word.text} "


@lru_cache(maxsize=256)
def _select(shape: _Shape) -> Select[Any]:
    found = _candidates(shape).subquery("found")
    named: Any = _how_many(_is_named(at, columns) for at, columns in enumerate(shape.named))
    if len(shape.named) > 1:
        named = named + case((_has(SearchEntry.name, "together"), len(shape.named)), else_=0)
    if shape.ways:
        otherwise = or_(*(_has(SearchEntry.name, f"way_{place}") for place in range(shape.ways)))
        named = case((otherwise, literal(2 * len(shape.named))), else_=named)
    exact: Any = _how_many(_has(SearchEntry.exact, f"exact_{place}") for place in range(shape.exact))
    by: dict[Criterion, list[Any]] = {
        Criterion.BEGINS: [_leads(shape.words + shape.ways).desc()] if shape.words else [],
        Criterion.NAMED: [named.desc()],
        Criterion.MARKS: [exact.desc()] if shape.exact else [],
        Criterion.SHELF: [_on_shelf().desc()] if shape.shelves else [],
        Criterion.PACK: [_has_pack().desc()] if shape.packed else [],
        Criterion.STOCK: [_in_stock().desc()],
        Criterion.SEASON: [_out_of_season()],
        Criterion.NEAR: [found.c.rank] if shape.by_relevance else [],
        Criterion.NEWEST: [SearchEntry.approved_at.desc(), SearchEntry.product_id.desc()],
    }
    order = [one for criterion in (SOME if shape.by_relevance else WHOLE) for one in by[criterion]]
    return (
        products.public(Product.id)
        .join(found, found.c.product_id == Product.id)
        .join(SearchEntry, SearchEntry.product_id == Product.id)
        .order_by(*order)
    )


def _candidates(shape: _Shape) -> Select[Any]:
    """Select product_id (and rank: smaller is better) of the newest entries that match; an engine each."""
    if shape.words:
        key, rank, matches, chosen = _of_sqlite() if shape.sqlite else _of_postgres()
        chosen = chosen.with_only_columns(
            key.label("product_id"), *([rank.label("rank")] if shape.by_relevance else [])
        )
        chosen = chosen.where(matches)
        if shape.sqlite and (shape.category or shape.commune):
            chosen = chosen.join(SearchEntry, SearchEntry.product_id == key)
    else:
        key = SearchEntry.product_id
        chosen = select(key.label("product_id"))
    if shape.category:
        chosen = chosen.where(SearchEntry.category == bindparam("category"))
    if shape.commune:
        chosen = chosen.where(SearchEntry.commune_code == bindparam("commune"))
    if shape.least or shape.most:
        chosen = chosen.where(_priced(key, shape))
    return chosen.order_by(key.desc()).limit(bindparam("most"))


def _priced(key: Any, shape: _Shape) -> ColumnElement[bool]:
    """Say whether a pack of the product costs what was asked, both ends included."""
    wanted = [Sku.product_id == key, Sku.retired_at.is_(None)]
    wanted += [Sku.price >= bindparam("least_price", type_=BigInteger)] if shape.least else []
    wanted += [Sku.price <= bindparam("most_price", type_=BigInteger)] if shape.most else []
    return exists().where(*wanted)


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


def _leads(beginnings: int) -> ColumnElement[int]:
    """More where a name of the product begins with more of what was asked."""
    names = literal(" ").concat(SearchEntry.name)  # two spaces before each name
    begins = [(_has(names, f"leads_{place}"), beginnings - place) for place in range(beginnings)]
    return case(*begins, else_=0)


def _on_shelf() -> ColumnElement[int]:
    return case((SearchEntry.category.in_(bindparam("shelves", expanding=True)), 1), else_=0)


def _has_pack() -> ColumnElement[int]:
    """1 where a pack is as large as was asked."""
    words = Sku.pack_word.in_(bindparam("pack_words", expanding=True))
    wanted = [Sku.product_id == SearchEntry.product_id, Sku.retired_at.is_(None), words]
    wanted.append(Sku.pack_amount == bindparam("pack", type_=BigInteger))
    return case((exists().where(*wanted), 1), else_=0)


def _out_of_season() -> ColumnElement[int]:
    """1 where goods have a season and it is another, or the seller said that there is none now."""
    now = SearchEntry.season_months.bitwise_and(bindparam("season", type_=Integer))
    another = and_(SearchEntry.season_months != 0, now == 0)
    return case((or_(Product.season_word == SeasonWord.OFF, another), 1), else_=0)


def _in_stock() -> ColumnElement[int]:
    left = and_(Sku.product_id == SearchEntry.product_id, Sku.retired_at.is_(None), Sku.on_hand > Sku.held)
    return case((exists().where(left), 1), else_=0)
