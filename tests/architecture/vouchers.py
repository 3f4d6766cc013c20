"""The doors of vouchers: the seller's by who belongs to it, the buyer's with the cart."""

from typing import Any

from tests.architecture.doors import ADMIN, ALL, OURS, SELLERS, Door
from tests.architecture.things import Address
from tests.cast import Cast
from tests.shop.vouchers.making import voucher


def ours(cast: Cast, _storage: Any) -> Address:
    """A voucher of the member's cooperative."""
    return {"code": voucher(cast)}


def provinces(cast: Cast, _storage: Any) -> Address:
    """A voucher of the province."""
    return {"code": voucher(cast, "LAICHAU", None)}


def owed(cast: Cast, _storage: Any) -> Address:
    """A seller whom the province may owe something."""
    return {"code": cast.cooperative().code}


VOUCHERS: dict[str, Door] = {
    "cart.voucher": Door(ALL),
    "vouchers.index": Door(SELLERS),
    "vouchers.new": Door(SELLERS),
    "vouchers.voucher": Door(OURS, ours),
    "vouchers.ending": Door(OURS, ours),
    "cart.shared": Door(ALL, ours),
    "province_vouchers.index": Door(ADMIN),
    "province_vouchers.new": Door(ADMIN),
    "province_vouchers.voucher": Door(ADMIN, provinces),
    "province_vouchers.ending": Door(ADMIN, provinces),
    "province_debts.index": Door(ADMIN),
    "province_debts.payout": Door(ADMIN, owed),
}
