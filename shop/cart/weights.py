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
