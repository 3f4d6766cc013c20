"""Goods in place of what is missing: the seller's own, held from the offer on, never dearer than what they replace."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from products.stock.services import SoldOut, hold
from shop.cart import queries as carts
from shop.cart.services import too_many
from shop.cart.view import Line
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.orders.changes import queries
from shop.orders.changes.models import ChangeLine
from shop.orders.changes.policies import price_instead, worth
from shop.orders.models import Order
from shop.orders.placing import frozen
from shop.shipping.methods import methods


class Instead(NamedTuple):
    """What a seller offers in place of one line: packs of a SKU, by its code."""

    sku_code: str
    packs: int


def choices(order: Order, lang: str) -> list[Line]:
    """Return what may be offered in place of goods of an order, as a cart could hold it now.

    Goods of its seller that are not in it, nor were offered in it before, that go by the same way, and whose price does
    not wait for the scales.
    """
    ever, way = {line.sku_id for line in queries.lines_ever(order.id)}, methods()[order.ship_method]
    return [
        line
        for line in carts.on_sale(order.cooperative_id, lang)
        if line.sku_id not in ever and line.weighed is None and line.ship_class in way.ship_classes
    ]


def offered(order: Order, fewer: list[ChangeLine], wanted: Mapping[int, Instead]) -> list[ChangeLine]:
    """Return the lines of a change that offer `wanted`, by the id of the line each replaces; not added, nothing held.

    Raises Invalid for `instead<line's id>` (which goods) or `packs_instead<line's id>` (how many).
    """
    known = {line.sku_code: line for line in choices(order, order.purchase.language)} if wanted else {}
    short, found = {line.line_id: line for line in fewer}, []
    for key, asked in wanted.items():
        if key not in short:
            raise Invalid(f"instead{key}", _l("Nothing of these goods is missing. Write above how many there are."))
        goods = known.pop(asked.sku_code, None)  # each once: an order has one hold of a SKU
        if goods is None:
            raise Invalid(f"instead{key}", _l("These goods cannot be offered now. Choose others."))
        found.append(_offer(order, short[key], goods, asked.packs))
    return found


def hold_one(order: Order, line: ChangeLine) -> None:
    """Hold what is offered, until the change ends; raises Invalid as `offered` does where others were quicker."""
    try:
        hold({line.line.sku_id: line.after}, order.code)
    except SoldOut as problem:
        sentence = _l("Somebody just ordered it. Choose fewer packs, or other goods.")
        raise Invalid(f"packs_instead{line.line.instead_of_id}", sentence) from problem


def _offer(order: Order, short: ChangeLine, goods: Line, packs: int) -> ChangeLine:
    field, missing = f"packs_instead{short.line_id}", worth(short.line, short.before - short.after)
    if packs <= 0:
        raise Invalid(field, _l("Enter how many packs you send instead"))
    why = too_many(packs, goods.free, goods.steps)
    if why is not None:
        raise Invalid(field, why)
    if packs > missing:
        raise Invalid(field, _l("That is more than can be sent for what is missing. Send fewer packs."))
    price = price_instead(goods.price, missing, packs)
    line = frozen(replace(goods, quantity=0, price=price))
    line.order_id, line.instead_of_id = order.id, short.line_id
    return ChangeLine(line=line, before=0, after=packs)
