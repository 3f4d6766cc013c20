"""Finding products by what people type."""

from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from sqlalchemy import select

from products.catalogue import CATEGORIES
from products.search import vocabulary
from products.search.matching import Asked, Query, Term, Word
from products.search.models import SearchEntry
from products.search.prepare import marked
from products.search.ranking import Wish, ranked
from products.search.reading import Reading, read
from products.search.synonyms import meant, readings, without_empty
from products.season import this_month
from shop.core.db import db
from shop.core.text import compact, fold, sound

MOST = 1000  # of a word that stands in most texts only so many candidates are ranked, the newest
_WORDS = 8
_LETTERS = 40
_JOINED_LETTERS = 4
_RAREST = 3
_OTHER_WAYS = 6  # to say the same


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
    reading: Reading = Reading("")

    @property
    def more(self) -> bool:
        """True where there are more than `total`."""
        return self.total >= MOST


def find(text: str, limit: int = 24, offset: int = 0, category: str | None = None, commune: str | None = None) -> Found:
    """Return the public products that a text means, best first; text without a letter or digit asks nothing.

    A price in it narrows, a pack size goes first. All other words, or others that mean the same, must occur. First
    as they are; else the last one may be unfinished, words may be written together or apart, or only sound alike;
    else words that say nothing of goods are left out; else unknown words are mended by one letter; else some of the
    words do. Ranked by exact spelling with its marks, words in the name, pack, in stock, in season, newest.
    """
    reading = read(text)
    words = [word[:_LETTERS] for word in fold(reading.words).split()][:_WORDS]
    if not words and not reading.priced:
        return Found([], 0, How.EMPTY)
    exact = [word[:_LETTERS] for word in marked(reading.words).split()][:_WORDS]
    search = _Search(words, exact, category, commune, reading)
    how, ids = search.run()
    return Found(ids[offset : offset + limit], min(len(ids), MOST), how, search.understood, reading)


class _Search:
    """One text on its way from the strict reading to the kind one."""

    def __init__(
        self, words: list[str], exact: list[str], category: str | None, commune: str | None, reading: Reading
    ) -> None:
        self.words, self.category, self.commune, self.reading = tuple(words), category, commune, reading
        self.exact = tuple(exact) if any(fold(word) != word for word in exact) else ()  # who writes marks means them
        ways = [(way, _with_pairs(way, meant(way))) for way in readings(words)]
        said = {word for way, others in ways for word in (*way, *(one for same in others for one in same))}
        self.occurring = vocabulary.known(said)
        self.ways = [(way, [tuple(filter(self.occurring.get, same)) for same in others]) for way, others in ways]
        self.known = {word: self.occurring[word] for word in words if word in self.occurring}
        self.understood = ""

    def run(self) -> tuple[How, list[int]]:
        if not self.words:
            return self._how(self._ids((), ()))
        named = tuple(
            tuple(Word("words", one) for one in (word, *same))
            for word, same in zip(self.words, self.ways[0][1], strict=True)
        )
        strict = tuple(filter(None, (self._strict(*way) for way in self.ways)))
        if strict and (ids := self._ids(strict, named)):
            return How.TYPED, ids
        loose = _all_loose(self.words, self.ways[0][1])
        query = (loose, *_merged(self.words, loose), *(_all_loose(*way) for way in self.ways[1:]))
        if ids := self._ids(query, loose):
            return How.TYPED, ids
        fewer = without_empty(self.words)
        if fewer != self.words and (ids := self._ids((_all_loose(fewer, meant(fewer)),), _all_loose(fewer, ()), fewer)):
            return How.TYPED, ids
        return self._kindly(loose)

    def _how(self, ids: list[int]) -> tuple[How, list[int]]:
        return (How.TYPED, ids) if ids else (How.NOTHING, [])

    def _kindly(self, loose: Asked) -> tuple[How, list[int]]:
        """Nothing has all the words: mend those that occur nowhere, else look for some of them."""
        unknown = [word for word in self.words if word not in self.known]
        near = vocabulary.near(unknown or self.words)
        if (mended := self._mended(loose, near)) and (ids := self._ids(mended, mended[0])):
            self.understood = _understood(self.words, near, ids[0])
            if unknown or self._named_whole(ids[0]):
                return How.MENDED, ids
        some = self._some(near)
        if len(self.words) > 1 and some:
            nearest = self._ids(tuple((term,) for term in some), some, by_relevance=True)
            if nearest:
                self.understood = ""
                return How.NEAREST, nearest
        return (How.MENDED, ids) if self.understood else (How.NOTHING, [])

    def _named_whole(self, product_id: int) -> bool:
        """Say whether what was mended stands in the name of what was found: else every word was meant as typed."""
        name = db.session.scalar(select(SearchEntry.name).where(SearchEntry.product_id == product_id)) or ""
        return f" {fold(self.understood)}" in name

    def _strict(self, words: Sequence[str], same: Sequence[tuple[str, ...]]) -> Asked:
        """Return the words as they are, or one that means the same; () where one of them occurs nowhere."""
        terms = tuple(
            tuple(Word("words", one) for one in (word, *others) if one in self.occurring)
            for word, others in zip(words, same, strict=True)
        )
        return terms if all(terms) else ()

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
        telling = set(without_empty(self.words))
        known = sorted(self.known, key=lambda word: (word not in telling, self.known[word], word))[:_RAREST]
        unknown = [others for word, others in near.items() if others and word not in self.known]
        return tuple((Word("words", word),) for word in known) + tuple(
            tuple(Word("words", other) for other in others) for others in unknown[:_RAREST]
        )

    def _ids(self, query: Query, named: Asked, words: tuple[str, ...] = (), *, by_relevance: bool = False) -> list[int]:
        """Return the ids of at most MOST matches, ranked; `named` are the terms that count in a name."""
        words = words or self.words
        asked = (query, words, self.exact, named, by_relevance, self.category, self.commune)
        wish = Wish(*asked, self.reading, self._other_ways(words), _shelves(words), this_month())
        chosen, values = ranked(wish, MOST, bool(db.session.get_bind().dialect.name == "sqlite"))
        return list(db.session.scalars(chosen, values))

    def _other_ways(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """Return how else all of the words may be said, phrase by phrase."""
        whole = [" ".join(way) for way, _others in self.ways]
        whole += [
            " ".join((*words[:place], other, *words[place + 1 :]))
            for place, others in enumerate(self.ways[0][1][: len(words)])
            for other in others
        ]
        return tuple(one for one in dict.fromkeys(whole) if one != " ".join(words))[:_OTHER_WAYS]


def _with_pairs(words: Sequence[str], same: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Let each two neighbours also mean the word they make together: "mat cha" is matcha."""
    pairs = ["".join(words[place : place + 2]) for place in range(len(words) - 1)]
    beside = [(*pairs[max(place - 1, 0) : place], *pairs[place : place + 1]) for place in range(len(words))]
    return [(*others, *made) for others, made in zip(same, beside, strict=True)]


def _shelves(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the categories in whose name all of the words stand."""
    return tuple(code for code, names in _shelf_words().items() if words and any(set(words) <= one for one in names))


@cache
def _shelf_words() -> dict[str, tuple[set[str], ...]]:
    return {
        code: tuple(set(fold(name).split()) for name in category.names.values())
        for code, category in CATEGORIES.items()
    }


def _all_loose(words: Sequence[str], same: Sequence[tuple[str, ...]]) -> Asked:
    """Return the words as loosely as they may be read; words that mean the same only as they are."""
    last = len(words) - 1
    others = same or [()] * len(words)
    return tuple(
        (*_loose(word, place == last), *(Word("words", one) for one in others[place]))
        for place, word in enumerate(words)
    )


def _loose(word: str, last: bool) -> Term:
    term = (Word("words", word, last), Word("sound", sound(word), last))
    return (*term, Word("joined", word, True)) if len(word) >= _JOINED_LETTERS else term


def _merged(words: Sequence[str], loose: Asked) -> list[Asked]:
    """Return the readings in which two neighbours, or all the words, are one: "h mong" is hmong."""
    pairs = [
        (*loose[:place], _loose(words[place] + words[place + 1], place + 2 == len(words)), *loose[place + 2 :])
        for place in range(len(words) - 1)
    ]
    whole = [(_loose(compact(" ".join(words)), True),)] if len(words) > 2 else []
    return pairs + whole


def _understood(words: Sequence[str], near: dict[str, list[str]], product_id: int) -> str:
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
