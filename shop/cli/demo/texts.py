"""What sellers and the demo write about goods: sentences chosen so that no text stands more than once."""

from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import Any

from products.catalogue import TYPES, months
from shop.cli.demo.facts import read
from shop.cli.demo.market_types import Seller
from shop.cli.demo.packing import Pack

MONTHS_EN = ("", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
             "November", "December")  # fmt: skip
KEPT = {"dry", "liquid", "fragile", "bulky"}  # goods that outlive their season
HOUSEHOLDS = {"cooperative": (6, 28), "group": (3, 9), "household": (1, 1)}
TRIES = 60


@dataclass(frozen=True)
class Words:
    """The words of one product, in Vietnamese and English."""

    summary: str
    summary_en: str
    story: str
    story_en: str


def ranges(mask: int) -> list[tuple[int, int]]:
    """Return a season as first and last months, joined across the new year; [] for the whole year."""
    chosen = months(mask)
    if not chosen:
        return []
    runs: list[list[int]] = []
    for month in chosen:
        if runs and month == runs[-1][1] + 1:
            runs[-1][1] = month
        else:
            runs.append([month, month])
    if len(runs) > 1 and runs[0][0] == 1 and runs[-1][1] == 12:
        runs[0][0] = runs.pop()[0]
    return [(first, last) for first, last in runs]


def season_words(mask: int) -> dict[str, str]:
    """Return the season in words for sentences: months, last, and both in English; {} for the whole year."""
    spans = ranges(mask)
    if not spans:
        return {}
    vi = " và ".join(f"tháng {a}" if a == b else f"tháng {a} đến tháng {b}" for a, b in spans)
    en = " and ".join(MONTHS_EN[a] if a == b else f"{MONTHS_EN[a]} to {MONTHS_EN[b]}" for a, b in spans)
    last = spans[-1][1]
    return {"months": vi, "months_en": en, "last": f"tháng {last}", "last_en": MONTHS_EN[last]}


def _opened(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def _tail(pack: Pack, grade: str) -> str:
    """Return the kind of sentence that says how goods are sold."""
    if pack.word == "người":
        return "stay"
    if pack.word == "kg":
        return "kilo"
    if pack.unit in ("con", "qua", "cu", "cay", "nai") and pack.measure > 1:
        return "each"
    if pack.measure > 1:
        return "pack"
    return "grade" if grade else "piece"


def _way(pack: Pack) -> str:
    """Return the kind of sentence that says how goods are sent."""
    if pack.known.document_rule == "alcohol":
        return "spirit"
    if pack.known.category == "craft" and pack.known.ship_class != "bulky":
        return "craft"
    if pack.known.ship_class == "fragile" and pack.word in ("chai", "lọ"):
        return "liquid"
    return pack.known.ship_class


class Writer:
    """Writes products' words; remembers every text it gave out."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice
        self._given: Counter[str] = Counter()

    def write(self, seller: Seller, pack: Pack, place: str, grade: tuple[str, str] = ("", "")) -> Words:
        """Return fresh words for a pack of this seller's goods from `place`; raises RuntimeError when none are left."""
        slots = self._slots(seller, pack, place) | {
            "grade": grade[0],
            "grade_en": grade[1],
            "Grade": _opened(grade[0]),
            "Grade_en": _opened(grade[1]),
        }
        for _ in range(TRIES):
            words = self._try(seller, pack, slots)
            texts = (words.summary, words.summary_en, words.story, words.story_en)
            if not any(self._given[text] for text in texts):
                self._given.update(texts)
                return words
        raise RuntimeError(f"no fresh words for {pack.type_code} of {seller.key}")

    def _slots(self, seller: Seller, pack: Pack, place: str) -> dict[str, str]:
        low, high = HOUSEHOLDS[seller.kind]
        days = self._dice.randint(1, 3)
        return {
            "seller": f"nhà {seller.manager.name}" if seller.kind == "household" else seller.name,
            "seller_en": seller.name_en,
            "hamlet": seller.hamlet,
            "hamlet_en": seller.hamlet_en,
            "Hamlet_en": _opened(seller.hamlet_en),
            "contact": seller.manager.name,
            "place": place,
            "pack": pack.vi,
            "Pack": _opened(pack.vi),
            "pack_en": pack.en,
            "Pack_en": _opened(pack.en),
            "n": str(self._dice.randint(low, high)),
            "word": pack.word,
            "weight": pack.measured(0),
            "weight_en": pack.measured(1),
            "prep": str(days),
            "prep_en": "1 day" if days == 1 else f"{days} days",
            "every": "mỗi ngày một chuyến" if days == 1 else f"{days} ngày một chuyến",
            "every_en": "day" if days == 1 else f"{days} days",
            **season_words(TYPES[pack.type_code].season_months),
        }

    def _try(self, seller: Seller, pack: Pack, slots: dict[str, str]) -> Words:
        said = read("types")["types"][pack.type_code]
        summary = [[text.format(p=slots["place"]) for text in said["summary"]]]
        if self._dice.random() < 0.9:
            tails = read("phrases")["tail"][_tail(pack, slots["grade"])]
            summary.append(self._filled(self._dice.choice(tails), slots))
        story = self._story(seller, pack, said, slots)
        return Words(
            summary=" ".join(vi for vi, _ in summary),
            summary_en=" ".join(en for _, en in summary),
            story=" ".join(vi for vi, _ in story),
            story_en=" ".join(en for _, en in story),
        )

    def _story(self, seller: Seller, pack: Pack, said: dict[str, Any], slots: dict[str, str]) -> list[list[str]]:
        dice, phrases, known = self._dice, read("phrases"), TYPES[pack.type_code]
        kind = "service" if known.ship_class == "service" else seller.kind
        origin = self._filled(self._origin(phrases["origin"][kind], pack), slots)
        facts = [list(fact) for fact in said["facts"]]
        if dice.random() < 0.4:
            facts.reverse()
        if dice.random() < 0.3:
            facts.pop()
        parts = [origin, *facts] if dice.random() < 0.55 else [facts[0], origin, *facts[1:]]
        if "months" in slots and dice.random() < 0.55:
            when = "kept" if known.ship_class in KEPT else "fresh"
            parts.append(self._filled(dice.choice(phrases["season"][when]), slots))
        if (
            dice.random() < 0.8
            or known.category in ("medicinal", "honey", "tourism")
            or known.document_rule == "alcohol"
        ):
            parts.append(list(said["use"]))  # cautions stand here, so such goods always carry it
        parts.append(self._filled(dice.choice(phrases["send"][_way(pack)]), slots))
        return parts

    def _origin(self, choices: list[list[str]], pack: Pack) -> list[str]:
        """Return who made it; only goods sold by weight are weighed together."""
        weighed = pack.known.category not in ("craft", "ornamental", "beverage")
        return self._dice.choice([pair for pair in choices if weighed or "cân" not in pair[0]])

    @staticmethod
    def _filled(pair: list[str], slots: dict[str, str]) -> list[str]:
        return [_opened(text.format(**slots)) for text in pair]
