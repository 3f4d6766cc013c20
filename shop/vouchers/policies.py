"""When a voucher counts and how much it takes off: pure comparisons, each refusal a sentence for the buyer."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from shop.core.formats import show_date, show_money
from shop.core.i18n import lazy_gettext as _l
from shop.vouchers.lifecycle import VoucherState
from shop.vouchers.models import MOST_PERCENT, Reach, Voucher, VoucherKind
from shop.vouchers.sharing import shares


class Basket(NamedTuple):
    """What a cart holds of one seller: đồng of goods, and how much of it may still be taken off."""

    seller_id: int
    commune_code: str
    goods: int
    room: int


def most_off(price: int, usual: int, packs: int) -> int:
    """Return how many đồng vouchers may take off so many packs: what a sale leaves of half the usual price.

    Decree 81/2018/ND-CP, article 7: a promotion takes at most half of the price that stood before it. So the last
    half of an order's goods is always paid, and no order comes to nothing.
    """
    return max(0, price * packs - -(-usual * packs * (100 - MOST_PERCENT) // 100))


def worth(voucher: Voucher, goods: int) -> int:
    """Return what a voucher takes off so many đồng of goods, before the bound of half: whole đồng, rounded down."""
    if voucher.kind is VoucherKind.AMOUNT:
        return voucher.value
    off = goods * voucher.value // 100
    return off if voucher.most is None else min(off, voucher.most)


def counts_for(voucher: Voucher, basket: Basket) -> bool:
    """Say whether a voucher counts for the goods of this seller."""
    if voucher.reach is Reach.OWN:
        return voucher.cooperative_id == basket.seller_id
    if voucher.reach is Reach.COMMUNES:
        return basket.commune_code in {one.commune_code for one in voucher.reaches}
    if voucher.reach is Reach.SELLERS:
        return basket.seller_id in {one.cooperative_id for one in voucher.reaches}
    return True


def over(voucher: Voucher, now: datetime) -> Any | None:
    """Say why a voucher counts for nobody now, or None."""
    if voucher.state is VoucherState.ENDED or voucher.ends_at <= now:
        return _l("This voucher has ended.")
    if now < voucher.starts_at:
        return _l("This voucher counts from %(day)s on.", day=show_date(voucher.starts_at))
    if voucher.uses >= voucher.uses_most:
        return _l("This voucher is used up.")
    return None


def not_for(voucher: Voucher, baskets: Sequence[Basket]) -> Any | None:
    """Say why a voucher does not count for these goods, or None."""
    mine = [basket for basket in baskets if counts_for(voucher, basket)]
    goods = sum(basket.goods for basket in mine)
    if not mine:
        return _l("This voucher is not for the goods in your cart.")
    if goods < voucher.least_goods:
        return _l(
            "This voucher counts from %(least)s of goods on; you have %(goods)s.",
            least=show_money(voucher.least_goods),
            goods=show_money(goods),
        )
    if not sum(basket.room for basket in mine):
        return _l("These goods are half price already; nothing more can be taken off.")
    return None


def not_by(voucher: Voucher, uses: Collection[int], *, ordered: bool) -> Any | None:
    """Say why a voucher does not count for a buyer who used it so often (by number, by account), or None."""
    if voucher.first_only and ordered:
        return _l("This voucher is for a first order only.")
    if any(one >= voucher.person_most for one in uses):
        return _l("You have used this voucher already.")
    return None


def taken_off(voucher: Voucher, baskets: Sequence[Basket]) -> dict[int, int]:
    """Return what a voucher takes off each seller's goods (id to đồng): one sum, shared in proportion to the goods."""
    mine = [basket for basket in baskets if counts_for(voucher, basket)]
    goods = [basket.goods for basket in mine]
    parts = shares(worth(voucher, sum(goods)), goods, [basket.room for basket in mine])
    return {basket.seller_id: part for basket, part in zip(mine, parts, strict=True) if part}
