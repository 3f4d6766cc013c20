"""Who uses a voucher, known again by a keyed digest."""

import hashlib
import hmac
from typing import NamedTuple

from shop.core.present import keys_for


class Buyer(NamedTuple):
    """For whom a purchase is: the receiver's number, the account, and whether either has had an order before."""

    phone: str  # E.164
    account_id: int | None
    ordered: bool


def digests(voucher_id: int, buyer: Buyer) -> list[str]:
    """Return what the uses of this buyer are counted under: of the number, and of the account where there is one.

    The voucher is part of what is digested, so nobody is recognised from one voucher to another.
    """
    names = [f"phone:{buyer.phone}"] + ([f"account:{buyer.account_id}"] if buyer.account_id is not None else [])
    key = keys_for("uses of vouchers")[0]
    return sorted(hmac.new(key, f"{voucher_id}:{name}".encode(), hashlib.sha256).hexdigest() for name in names)
