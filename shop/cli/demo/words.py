"""Honest words for goods: sentences put together by seed, none of the texts more than three times."""

import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

_WORDS: dict[str, Any] = json.loads((Path(__file__).parent / "data" / "words.json").read_text(encoding="utf-8"))
MOST_REPEATS = 3


class Words(NamedTuple):
    """Summary and story of a product in two languages."""

    summary: str
    summary_en: str
    story: str
    story_en: str


class Writer:
    """Puts sentences together and never lets one text stand more than three times."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.written: Counter[str] = Counter()

    def words(self, type_code: str, ship_class: str, goods: tuple[str, str], places: dict[str, str]) -> Words:
        """Return the words for `goods` (Vietnamese and English name), told by the people of `places`."""
        for _try in range(60):
            made = self._made(type_code, ship_class, goods, places)
            if max(self.written[text] for text in made) < MOST_REPEATS:
                break
        self.written.update(made)
        return made

    def _made(self, type_code: str, ship_class: str, goods: tuple[str, str], places: dict[str, str]) -> Words:
        how = self.rng.sample(_WORDS["how"][_WORDS["groups"][type_code]], 3)
        origin, keep = self.rng.choice(_WORDS["from"]), self.rng.choice(_WORDS["keep"][ship_class])
        vi, en = ({"type": name[0].lower() + name[1:], "type_cap": name, **places} for name in goods)
        where = f"{places['hamlet']}, {places['place']}."
        return Words(
            f"{goods[0]} của {where} {how[0][0]}",
            f"{goods[1]} from {where} {how[0][1]}",
            "\n\n".join((origin[0].format(**vi), f"{how[1][0]} {how[2][0]}", keep[0])),
            "\n\n".join((origin[1].format(**en), f"{how[1][1]} {how[2][1]}", keep[1])),
        )
