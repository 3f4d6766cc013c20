"""Finding products by what people type."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select

from products.search import vocabulary
from products.search.matching import Asked, Query, Term, Word
from products.search.models import SearchEntry
from products.search.prepare import marked
from products.search.ranking import Wish, ranked
from shop.core.db import db
from shop.core.text import compact, fold, sound

MOST = 1000  # of a word that stands in most texts only so many candidates are ranked, the newest
_WORDS = 8
_LETTERS = 40
_JOINED_LETTERS = 4
_RAREST = 3


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
    search = _Search(words, [word[:_LETTERS] for word in marked(text).split()][:_WORDS], category, commune)
    how, ids = search.run()
    return Found(ids[offset : offset + limit], min(len(ids), MOST), how, search.understood)


class _Search:
    """One text on its way from the strict reading to the kind one."""

    def __init__(self, words: list[str], exact: list[str], category: str | None, commune: str | None) -> None:
        self.words, self.category, self.commune = tuple(words), category, commune
        self.exact = tuple(exact) if any(fold(word) != word for word in exact) else ()  # who writes marks means them
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
        if (
            len(self.words) > 1
            and some
            and (ids := self._ids(tuple((term,) for term in some), some, by_relevance=True))
        ):
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

    def _ids(self, query: Query, named: Asked, by_relevance: bool = False) -> list[int]:
        """Return the ids of at most MOST matches, ranked; `named` are the terms that count in a name."""
        wish = Wish(query, self.words, self.exact, named, by_relevance, self.category, self.commune)
        chosen, values = ranked(wish, MOST, bool(db.session.get_bind().dialect.name == "sqlite"))
        return list(db.session.scalars(chosen, values))


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
