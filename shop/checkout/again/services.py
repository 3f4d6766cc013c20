"""Putting what was bought before into the cart."""

from collections.abc import Iterable

from shop.cart import services as carts
from shop.cart.models import Cart, CartLine
from shop.checkout.again.queries import Again


def fill(cart: Cart, rows: Iterable[Again], lang: str) -> list[CartLine]:
    """Let the cart hold at least so many packs of each line that can be bought; returns the lines that became more.

    Pressed twice it adds nothing more. Raises what `carts.add` raises; then nothing of it belongs in the cart.
    """
    there = {line.sku.code: line.quantity for line in cart.lines}
    wanted = {row.sku_code: row.packs - there.get(row.sku_code, 0) for row in rows if row.packs}
    return [carts.add(cart, code, packs, lang) for code, packs in wanted.items() if packs > 0]
