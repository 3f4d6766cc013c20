"""A pack in words and in grams."""

from products.catalogue import UNITS, unit_name
from shop.core import quantity

_WRAPPING_PERCENT = 10  # an estimate, where the seller did not weigh the packed goods
_GRAMS_OF_A_PIECE = 500  # likewise


def base_unit(pack_word: str) -> str:
    """Return g, ml or piece: what the amount of such a pack counts."""
    unit = UNITS.get(pack_word)
    return unit.base_unit if unit else "piece"


def pack_text(pack_word: str, pack_amount: int, lang: str) -> str:
    """Return the pack as people say it: "gói 200 g"; "kg" where the word already says how much."""
    unit = UNITS.get(pack_word)
    if unit is not None and unit.amount == pack_amount:
        return unit_name(pack_word, lang)
    amount = quantity.shown(pack_amount, base_unit(pack_word), lang)
    return f"{unit_name(pack_word, lang)} {amount}".strip()


def grams_of(pack_word: str, pack_amount: int, net_grams: int | None, packed_grams: int | None) -> int:
    """Return what one pack weighs for the carrier, in grams: weighed, else estimated from what is in it.

    Goods in millilitres count a gram each; a piece of unknown weight counts 500 g.
    """
    if packed_grams:
        return packed_grams
    net = net_grams or (pack_amount * _GRAMS_OF_A_PIECE if base_unit(pack_word) == "piece" else pack_amount)
    return net + net * _WRAPPING_PERCENT // 100
