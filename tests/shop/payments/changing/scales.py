"""Goods by the scales, in tests: a chicken of about 1,8 kg, and orders of it."""

from shop.core.db import writing
from shop.orders.changes.weighing import to_weigh
from shop.orders.models import Method
from shop.payments.changing import services
from tests.cast import Cast, make_product
from tests.shop.payments.changing.asking import accepted, order_of

HEN, ABOUT = 270_000, 1_800  # đồng and grams of one


def with_hens(cast: Cast, within: int | None = 10) -> None:
    """Let the cooperative sell hens that are weighed when packed."""
    if "hen" in cast.ids:
        return
    with writing():
        hen = make_product(
            cast.cooperative(), cast.member, "Gà đen", category="tea", price=HEN, on_hand=9, pack=(1, "con")
        )
        assert hen.approved is not None
        hen.approved.net_grams, hen.approved.weighed_within = ABOUT, within
        cast.ids["hen"] = hen.id


def hens(cast: Cast, method: Method = Method.CASH, **packs: int) -> str:
    """An order of hens (two where nothing is said) that is being prepared; returns its code."""
    with_hens(cast)
    return accepted(cast, method, **(packs or {"hen": 2}))


def weigh(cast: Cast, code: str, *grams: int) -> None:
    """Weigh what is to be weighed of an order, and pack it."""
    with writing():
        order = order_of(code)
        found = {one.line.id: weight for one, weight in zip(to_weigh(order), grams, strict=True)}
        services.weigh_and_pack(order, found, cast.member)


def weighable(cast: Cast, _storage: object = None) -> dict[str, str]:
    """An order that is to be weighed: all that its address needs."""
    return {"code": hens(cast)}
