"""Packs of the demo: "túi 200" as a unit and an amount, in words, in grams, in centimetres, at a price."""

from dataclasses import dataclass
from random import Random

from products.catalogue import TYPES, UNITS, ProductType

WORDS = {  # as sold: unit code, English
    "túi": ("tui", "bag"), "hộp": ("hop", "box"), "hũ": ("hu", "jar"), "lọ": ("lo", "jar"), "bánh": ("banh", "cake"),
    "bao": ("bao", "sack"), "thùng": ("thung", "crate"), "gói": ("goi", "pack"), "chai": ("chai", "bottle"),
    "kg": ("kg", "kg"), "con": ("con", "whole"), "quả": ("qua", "one"), "củ": ("cu", "root"), "vỉ": ("vi", "tray"),
    "bó": ("bo", "bundle"), "nải": ("nai", "hand"), "cây": ("cay", "one"), "cành": ("canh", "stem"),
    "chậu": ("chau", "pot"), "cái": ("cai", "one"), "bộ": ("bo_do", "set"), "mét": ("met", "metre"),
    "người": ("nguoi_dem", "person a night"),
}  # fmt: skip
COUNTED = {"LC-108": ("quả", "eggs"), "LC-143": ("cành", "stems")}  # what several pieces in a pack are called
GRAMS_EACH = {  # of goods sold by the piece, or of a millilitre
    "LC-108": 45, "LC-135": 250, "LC-136": 350, "LC-137": 1800, "LC-138": 220, "LC-139": 1500, "LC-140": 1200,
    "LC-141": 900, "LC-142": 6000, "LC-143": 80, "LC-144": 60, "LC-145": 1500, "LC-146": 250,
}  # fmt: skip
HONEY = {"LC-097", "LC-098", "LC-099"}  # sold by volume, 1.4 g a millilitre
TARE = {"dry": 1.05, "fresh": 1.08, "chilled": 1.35, "liquid": 1.5, "fragile": 1.5, "plant": 1.15, "bulky": 1.05}
CUBIC_CM_A_GRAM = {"dry": 2.6, "fresh": 2.2, "chilled": 2.4, "liquid": 1.9, "fragile": 2.2, "plant": 5.0, "bulky": 14.0}


@dataclass(frozen=True)
class Pack:
    """A pack of one type: `measure` counts grams, millilitres or pieces as the type is priced by."""

    type_code: str
    word: str
    measure: int

    @property
    def known(self) -> ProductType:
        return TYPES[self.type_code]

    @property
    def unit(self) -> str:
        return WORDS[self.word][0]

    @property
    def amount(self) -> int:
        """Base units of the unit: 1 for a root of 20 g, 200 for a bag of 200 g."""
        unit = UNITS[self.unit]
        return unit.amount or self.measure

    @property
    def vi(self) -> str:
        """As a seller writes it: túi 200 g, quả 2 kg, vỉ 10 quả, cái."""
        return _joined(self.word, self.measured(0), self.word == "kg")

    @property
    def en(self) -> str:
        """In English: 200 g bag, tray of 10 eggs, one."""
        shown, word = self.measured(1), WORDS[self.word][1]
        if self.word == "kg":
            return shown
        if self.type_code in COUNTED and self.measure > 1:
            return f"{word} of {shown}"
        return f"{shown} {word}" if shown and word not in ("whole", "one") else f"{word}, {shown}" if shown else word

    def measured(self, language: int) -> str:
        """Return what is in it, in language 0 (Vietnamese) or 1 (English): 200 g, 1,2 kg, 10 quả; "" for one."""
        if self.type_code in COUNTED:
            return f"{self.measure} {COUNTED[self.type_code][language]}" if self.measure > 1 else ""
        base = UNITS[self.known.unit].base_unit
        if base == "piece":
            return ""
        if self.measure < 1000:
            return f"{self.measure} {base}"
        whole, rest = divmod(self.measure, 1000)
        mark = ",."[language]
        large = ("kg", "kg") if base == "g" else ("lít", "litre")
        return f"{whole}{mark}{rest // 100} {large[language]}" if rest else f"{whole} {large[language]}"

    @property
    def net_grams(self) -> int | None:
        """Grams of the goods; None for services."""
        if self.known.ship_class == "service":
            return None
        if self.type_code in GRAMS_EACH:
            return GRAMS_EACH[self.type_code] * self.measure
        return round(self.measure * 1.4) if self.type_code in HONEY else self.measure

    @property
    def packed_grams(self) -> int | None:
        """Grams with the parcel around it; None where no parcel travels."""
        net, tare = self.net_grams, TARE.get(self.known.ship_class)
        return round(net * tare + 30) if net and tare else None

    @property
    def size_cm(self) -> tuple[int, int, int] | None:
        """Length, width and height of the parcel; None where no parcel travels."""
        grams = self.packed_grams
        if not grams:
            return None
        side = (grams * CUBIC_CM_A_GRAM[self.known.ship_class]) ** (1 / 3)
        return max(8, round(side * 1.3)), max(6, round(side)), max(3, round(side * 0.78))

    def price(self, share: float) -> int:
        """Return đồng for the pack, `share` (0 … 1) of the way through its type's usual band, rounded as people do.

        The result never leaves the band, which is an estimate of direct-sale prices (products/data/types.json).
        """
        low = self.known.price_low * self.measure / self.known.pack_amount
        high = self.known.price_high * self.measure / self.known.pack_amount
        exact = low + (high - low) * max(0.0, min(1.0, share))
        for step in (50_000, 10_000, 5_000, 1_000, 500, 100):
            rounded = round(exact / step) * step
            if exact >= step * 20 and low <= rounded <= high:
                return rounded
        return max(-(-int(low) // 100) * 100, min(int(high), round(exact)))


def _joined(word: str, shown: str, alone: bool) -> str:
    return shown if alone else f"{word} {shown}" if shown else word


def packs_of(type_code: str, listed: list[str]) -> list[Pack]:
    """Return the packs written as "túi 200" in data/types.json."""
    return [Pack(type_code, word, int(measure)) for word, measure in (one.split() for one in listed)]


def bulk_share(pack: Pack, packs: list[Pack], dice: Random) -> float:
    """Return how much cheaper by measure this pack is: the largest of a type costs a little less by weight."""
    rank = sorted(one.measure for one in packs).index(pack.measure)
    return -0.05 * rank + dice.uniform(-0.03, 0.03)
