"""Finding products by what people type."""

from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
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
from products.search import vocabulary
from products.search.matching import Asked, Query, Term, Word, fts5, tsquery
from products.search.models import SearchEntry
from products.search.prepare import marked
from shop.core.db import db
from shop.core.text import compact, fold, sound

MOST = 1000  # of a word that stands in most texts only so many candidates are ranked, the newest
_WORDS = 8
_LETTERS = 40
_JOINED_LETTERS = 4
_RAREST = 3
_FTS = table("search_fts", column("rowid"), column("search_fts"))
_BM25 = "bm25(search_fts, 4.0, 2.0, 1.0)"  # words, joined, sound


class How(StrEnum):
    """How far what was found is from what was typed."""

    EMPTY = "empty"  # nothing was asked
    TYPED = "typed"
    MENDED = "mended"  # a word was taken for its neighbour; `understood` says how
    NEAREST = "nearest"  # not all of the words, only some
    NOTHING = "nothing"


class Found(NamedTuple):
    """Product ids in the order of rank, and how many there are in all (at most MOST; then `more`)."""

    ids: list[int]
    total: int
    how: How
    understood: str = ""

    @property
    def more(self) -> bool:
        """True where there are more than `total`."""
        return self.total >= MOST


def find(text: str, limit: int = 24, offset: int = 0, category: str | None = None, commune: str | None = None) -> Found:
    """Return the public products that a text means, best first; text without a letter or digit asks nothing.

    All words must occur. First as they are; else the last one may be unfinished, words may be written
    together or apart, or only sound alike; else unknown words are mended by one letter; else some of the
    words do. Ranked by exact spelling with its marks, words in the name, in stock, newest.
    """
    words = [word[:_LETTERS] for word in fold(text).split()][:_WORDS]
    if not words:
        return Found([], 0, How.EMPTY)
    search = _Search(words, marked(text).split(), category, commune)
    how, ids = search.run()
    return Found(ids[offset : offset + limit], min(len(ids), MOST), how, search.understood)


class _Search:
    """One text on its way from the strict reading to the kind one."""

    def __init__(self, words: list[str], exact: list[str], category: str | None, commune: str | None) -> None:
        self.words, self.category, self.commune = words, category, commune
        self.exact = exact if any(fold(word) != word for word in exact) else []  # who writes marks means them
        self.known = vocabulary.known(words)
        self.understood = ""

    def run(self) -> tuple[How, list[int]]:
        if len(self.known) == len(set(self.words)):
            strict = tuple((Word("words", word),) for word in self.words)
            if ids := self._ids((strict,), strict):
                return How.TYPED, ids
        loose = tuple(_loose(word, place == len(self.words) - 1) for place, word in enumerate(self.words))
        if ids := self._ids((loose, *_merged(self.words, loose)), loose):
            return How.TYPED, ids
        near = vocabulary.near([word for word in self.words if word not in self.known] or self.words)
        if (mended := self._mended(loose, near)) and (ids := self._ids(mended, mended[0])):
            self.understood = _understood(self.words, near, ids[0])
            return How.MENDED, ids
        some = self._some(near)
        if len(self.words) > 1 and some and (ids := self._ids(tuple((term,) for term in some), some, ranked=True)):
            return How.NEAREST, ids
        return How.NOTHING, []

    def _mended(self, loose: Asked, near: dict[str, list[str]]) -> Query:
        """Take every unknown word for its neighbours; where all words are known, one of them at a time."""
        terms = {word: tuple(Word("words", other) for other in others) for word, others in near.items() if others}
        if len(self.known) < len(set(self.words)):
            asked = tuple(terms.get(word, term) for word, term in zip(self.words, loose, strict=True))
            return (asked,) if terms else ()
        return tuple(
            (*loose[:place], terms[word], *loose[place + 1 :]) for place, word in enumerate(self.words) if word in terms
        )

    def _some(self, near: dict[str, list[str]]) -> Asked:
        """Return the words that may stand alone: the rarest known ones, and neighbours of unknown ones."""
        rarest = sorted(self.known, key=lambda word: (self.known[word], word))[:_RAREST]
        unknown = [others for word, others in near.items() if others and word not in self.known]
        return tuple((Word("words", word),) for word in rarest) + tuple(
            tuple(Word("words", other) for other in others) for others in unknown[:_RAREST]
        )

    def _ids(self, query: Query, named: Asked, ranked: bool = False) -> list[int]:
        """Return the ids of at most MOST matches, ranked; `named` are the words that count in a name."""
        found = _candidates(query, self.category, self.commune, ranked).subquery()
        chosen = (
            products.public(Product.id)
            .join(found, found.c.product_id == Product.id)
            .join(SearchEntry, SearchEntry.product_id == Product.id)
        )
        order: list[Any] = []
        if self.exact:
            order.append(_how_many(_has(SearchEntry.exact, word) for word in self.exact).desc())
        together = [_has(SearchEntry.name, " ".join(self.words), prefix=True)] * len(named) if len(named) > 1 else []
        order += [_how_many([*(_named(term) for term in named), *together]).desc(), _in_stock().desc()]
        order += [found.c.rank] if ranked else []
        rows = chosen.order_by(*order, SearchEntry.approved_at.desc(), SearchEntry.product_id.desc())
        return list(db.session.scalars(rows))


def _candidates(query: Query, category: str | None, commune: str | None, ranked: bool) -> Select[Any]:
    """Select product_id (and rank: smaller is better) of the newest MOST entries that match; an engine each."""
    key, rank, matches, chosen = _of_sqlite(query) if _is_sqlite() else _of_postgres(query)
    chosen = chosen.with_only_columns(key.label("product_id"), *([rank.label("rank")] if ranked else []))
    if _is_sqlite() and (category or commune):
        chosen = chosen.join(SearchEntry, SearchEntry.product_id == key)
    if category:
        chosen = chosen.where(SearchEntry.category == category)
    if commune:
        chosen = chosen.where(SearchEntry.commune_code == commune)
    return chosen.where(matches).order_by(key.desc()).limit(MOST)


def _is_sqlite() -> bool:
    return bool(db.session.get_bind().dialect.name == "sqlite")


def _of_sqlite(query: Query) -> tuple[Any, Any, Any, Select[Any]]:
    matches = _FTS.c.search_fts.op("MATCH")(fts5(query))
    return _FTS.c.rowid, literal_column(_BM25), matches, select(_FTS.c.rowid).select_from(_FTS)


def _of_postgres(query: Query) -> tuple[Any, Any, Any, Select[Any]]:
    tsv: Any = literal_column("search_entries.tsv")
    wanted = func.to_tsquery(literal_column("'simple'"), tsquery(query))
    key = SearchEntry.product_id
    return key, -func.ts_rank(tsv, wanted), tsv.op("@@")(wanted), select(key)


def _loose(word: str, last: bool) -> Term:
    term = (Word("words", word, last), Word("sound", sound(word), last))
    return (*term, Word("joined", word, True)) if len(word) >= _JOINED_LETTERS else term


def _merged(words: list[str], loose: Asked) -> list[Asked]:
    """Return the readings in which two neighbours, or all the words, are one: "h mong" is hmong."""
    pairs = [
        (*loose[:place], _loose(words[place] + words[place + 1], place + 2 == len(words)), *loose[place + 2 :])
        for place in range(len(words) - 1)
    ]
    whole = [(_loose(compact(" ".join(words)), True),)] if len(words) > 2 else []
    return pairs + whole


def _how_many(conditions: Any) -> ColumnElement[int]:
    total: Any = literal(0)
    for condition in conditions:
        total = total + case((condition, 1), else_=0)
    return total


def _named(term: Term) -> ColumnElement[bool]:
    """Say whether one of the words stands in a name, or there in several words."""
    alike = [_has(SearchEntry.name, word.text, word.prefix) for word in term if word.column == "words"]
    alike += [func.replace(SearchEntry.name, " ", "").contains(word.text) for word in term if word.column == "joined"]
    return or_(*alike)


def _has(text: Any, word: str, prefix: bool = False) -> ColumnElement[bool]:
    found: ColumnElement[bool] = text.contains(f" {word}" if prefix else f" {word} ")
    return found


def _in_stock() -> ColumnElement[int]:
    left = and_(Sku.product_id == SearchEntry.product_id, Sku.retired_at.is_(None), Sku.on_hand > Sku.held)
    return case((exists().where(left), 1), else_=0)


def _understood(words: list[str], near: dict[str, list[str]], product_id: int) -> str:
    """Return the typed words as the best match spells them: "che chan tuyet" was chè shan tuyết."""
    entry = db.session.scalar(select(SearchEntry.exact).where(SearchEntry.product_id == product_id)) or ""
    spelled: dict[str, str] = {}
    for word in entry.split():  # the name comes first
        spelled.setdefault(fold(word), word)
    shown = []
    for word in words:
        meant = word if word in spelled else next((one for one in spelled if one in near.get(word, [])), word)
        shown.append(spelled.get(meant, word))
    return " ".join(shown)
