"""The lessons as data: each file holds one lesson in all languages, side by side, so that they change together.

`version` goes up when a lesson tells something new; whoever finished an earlier one is asked to read it again.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from shop.core.i18n import LANGUAGES

FOLDER = Path(__file__).parent / "data"
ORDER = ("photo", "price", "packing", "replying", "fraud")  # as a seller meets them


class Screen(NamedTuple):
    """One screen: a drawing under static/img/lessons, what it shows for those who cannot see it, a few sentences."""

    picture: str
    alt: str
    heading: str
    words: tuple[str, ...]


class Answer(NamedTuple):
    """One answer of a question, and why it is right or not."""

    words: str
    why: str
    right: bool


class Lesson(NamedTuple):
    """A lesson in one language."""

    code: str
    version: int
    title: str
    about: str
    screens: tuple[Screen, ...]
    question: str
    answers: tuple[Answer, ...]

    @property
    def right(self) -> Answer:
        """The right answer; a lesson has one."""
        return next(one for one in self.answers if one.right)


def lessons(lang: str) -> list[Lesson]:
    """Return all lessons in a language, in the order in which a seller needs them."""
    return [_read(code, lang) for code in ORDER]


def lesson(code: str, lang: str) -> Lesson | None:
    """Return the lesson with this code, or None."""
    return _read(code, lang) if code in ORDER else None


def versions() -> dict[str, int]:
    """Return the version of each lesson that counts now, in order."""
    return {one.code: one.version for one in lessons(LANGUAGES[0])}


@cache
def _read(code: str, lang: str) -> Lesson:
    told: dict[str, Any] = json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))
    asked = told["question"]
    return Lesson(
        code=code,
        version=told["version"],
        title=told["title"][lang],
        about=told["about"][lang],
        screens=tuple(
            Screen(one["picture"], one["alt"][lang], one["heading"][lang], tuple(one["words"][lang]))
            for one in told["screens"]
        ),
        question=asked["ask"][lang],
        answers=tuple(
            Answer(one["words"][lang], one["why"][lang], one.get("right", False)) for one in asked["answers"]
        ),
    )
