"""What a search text says besides its words: a price and a pack."""

import re
from contextlib import suppress
from functools import cache
from typing import NamedTuple

from products.packs import BadAmount, parse_amount
from products.search.words import SEARCH_WORDS
from shop.core.errors import DomainError
from shop.core.money import parse_money
from shop.core.text import fold, plain_digits

READ = 20  # words looked at
_LONGEST = 3  # words of a sign
_THOUSAND = 1000
_ABOUT = (3, 4), (5, 4)  # "about 200k": from three quarters to five quarters of it
_SIGNS = re.compile("([<>≤≥~–—])")
_DASH = re.compile(r"(?<=[0-9a-zđ])\s*-\s*(?=\d)", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d.,]*")
_PACK = re.compile(r"\d[\d.,]*[^\W\d_]+")

Phrase = tuple[str, ...]


class Reading(NamedTuple):
    """A text read: its words, and the price (đồng, both ends included) and pack (amount in `base`) that it names."""

    words: str
    least: int | None = None
    most: int | None = None
    amount: int | None = None  # g, ml
    base: str = ""

    @property
    def priced(self) -> bool:
        """True where a price was named."""
        return self.least is not None or self.most is not None


@cache
def _signs() -> dict[str, frozenset[Phrase]]:
    """Return the folded signs of a price: before, after or between amounts."""
    content: dict[str, list[str]] = SEARCH_WORDS["price"]
    return {name: frozenset(map(_sign, phrases)) for name, phrases in content.items()}


def _sign(text: str) -> Phrase:
    return tuple(fold(word) or word for word in text.split())


def read(text: str) -> Reading:
    """Read the price and the pack out of a text: "mật ong dưới 200k", "gạo 5 kg", "quà từ 100 đến 300 nghìn".

    What is no price and no pack stays among the words, in its order and with its marks.
    """
    spaced = _DASH.sub(" - ", _SIGNS.sub(r" \1 ", plain_digits(text)))
    words = _Words(spaced.split()[:READ])
    least, most = words.price()
    amount, base = words.pack()
    left = words.left()
    if not fold(left) and amount is not None:  # only a pack: then it is what is looked for
        return Reading(text if least is None and most is None else "", least, most)
    return Reading(left, least, most, amount, base)


class _Words:
    """The words of a text, of which prices and packs are taken away."""

    def __init__(self, words: list[str]) -> None:
        self.words: list[str | None] = list(words)
        self.folded = [fold(word) or word for word in words]

    def left(self) -> str:
        return " ".join(word for word in self.words if word is not None)

    def price(self) -> tuple[int | None, int | None]:
        """Take the first price away and return (least, most)."""
        for place in range(len(self.words)):
            for found in (self._range(place), self._compared(place), self._alone(place)):
                if found is not None:
                    least, most, first, last = found
                    first -= self._length(first, "noun", before=True)
                    self.words[first:last] = [None] * (last - first)
                    return (most, least) if least is not None and most is not None and least > most else (least, most)
        return None, None

    def pack(self) -> tuple[int | None, str]:
        """Take the first pack away and return its amount and base unit."""
        for place, word in enumerate(self.words):
            for length in (2, 1):
                said = " ".join(one for one in self.words[place : place + length] if one is not None)
                if word is None or not _PACK.fullmatch(said.replace(" ", "")):
                    continue
                for base in ("g", "ml"):
                    with suppress(BadAmount):
                        amount = parse_amount(said, base)
                        first = place - self._length(place, "least_before", before=True)
                        first -= self._length(first, "most_before", before=True)
                        last = min(place + length, len(self.words))
                        self.words[first:last] = [None] * (last - first)
                        return amount, base
        return None, ""

    def _range(self, place: int) -> tuple[int | None, int | None, int, int] | None:
        start = place + self._length(place, "range_before")
        first = self._amount(start, loose=True)
        if first is None:
            return None
        between = self._length(first[1], "between")
        second = self._amount(first[1] + between, loose=True) if between else None
        if second is None or not (start > place or self._has_unit(first[1] + between, second[1])):
            return None
        low, unit = first[0], self._unit(first[1] + between, second[1])
        if unit and not self._has_unit(start, first[1]):
            with suppress(DomainError):
                low = parse_money(f"{self.folded[start]} {unit}")
        return low, second[0], place, second[1]

    def _compared(self, place: int) -> tuple[int | None, int | None, int, int] | None:
        for name in ("most_before", "least_before", "about_before"):
            length = self._length(place, name)
            found = self._amount(place + length, loose=True) if length else None
            if found is not None:
                amount, last = found
                if name == "about_before":
                    return *_about(amount), place, last
                last += self._length(last, name.replace("before", "after"))  # "từ 200k trở lên" says it twice
                return (None, amount, place, last) if name == "most_before" else (amount, None, place, last)
        return None

    def _alone(self, place: int) -> tuple[int | None, int | None, int, int] | None:
        found = self._amount(place, loose=False)
        for name in ("most_after", "least_after"):
            loose = self._amount(place, loose=True)
            if loose is not None and (length := self._length(loose[1], name)):
                amount, last = loose[0], loose[1] + length
                return (None, amount, place, last) if name == "most_after" else (amount, None, place, last)
        return (*_about(found[0]), place, found[1]) if found else None

    def _length(self, place: int, name: str, *, before: bool = False) -> int:
        """Return how many words of a kind of sign stand from `place` on (or end before it)."""
        for length in range(_LONGEST, 0, -1):
            start = place - length if before else place
            taken = self.words[max(start, 0) : start + length]
            if start >= 0 and None not in taken and tuple(self.folded[start : start + length]) in _signs()[name]:
                return length
        return 0

    def _amount(self, place: int, *, loose: bool) -> tuple[int, int] | None:
        """Return the đồng that stand at `place`, and where they end; `loose`: a sign says that it is a price."""
        if place >= len(self.words) or not self.folded[place][:1].isdecimal():
            return None
        for length in (3, 2, 1):
            said = [word for word in self.words[place : place + length] if word is not None]
            if len(said) < length or (length > 1 and said[-1][:1].isdecimal()):
                continue
            with suppress(DomainError):
                amount = parse_money(" ".join(said))
                if not _NUMBER.fullmatch(" ".join(said)):
                    return amount, place + length
                if loose and amount and not self._is_pack(place):
                    return (amount * _THOUSAND if amount < _THOUSAND else amount), place + length
        return None

    def _is_pack(self, place: int) -> bool:
        said = " ".join(str(word) for word in self.words[place : place + 2])
        for base in ("g", "ml", "piece"):
            with suppress(BadAmount):
                return not _NUMBER.fullmatch(said) and parse_amount(said, base) > 0
        return False

    def _has_unit(self, start: int, end: int) -> bool:
        return bool(self._unit(start, end))

    def _unit(self, start: int, end: int) -> str:
        return " ".join(str(word) for word in self.words[start:end]).lstrip("0123456789.,").strip()


def _about(amount: int) -> tuple[int, int]:
    (low, low_of), (high, high_of) = _ABOUT
    return amount * low // low_of, amount * high // high_of
