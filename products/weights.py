"""What a pack weighs for the carrier."""

from products.packs import base_unit

_WRAPPING_PERCENT = 10  # an estimate, where the seller did not weigh the packed goods
_GRAMS_OF_A_PIECE = 500  # likewise


def grams_of(pack_word: str, pack_amount: int, net_grams: int | None, packed_grams: int | None) -> int:
    """Return what one pack weighs for the carrier, in grams: weighed, else estimated from what is in it.

    Goods in millilitres count a gram each; a piece of unknown weight counts 500 g.
    """
    if packed_grams:
        return packed_grams
    net = net_grams or (pack_amount * _GRAMS_OF_A_PIECE if base_unit(pack_word) == "piece" else pack_amount)
    return net + net * _WRAPPING_PERCENT // 100


def in_proportion(grams: int | None, pack: tuple[str, int], first: tuple[str, int | None]) -> int | None:
    """Return what a pack weighs where the seller weighed the first one: (word, base units) each, rounded up.

    None where nothing was weighed, or the two are counted in different units.
    """
    if not grams or not first[1] or pack == first:
        return grams
    return -(-grams * pack[1] // first[1]) if base_unit(pack[0]) == base_unit(first[0]) else None
