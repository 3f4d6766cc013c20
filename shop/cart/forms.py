"""What may be typed as a number of packs."""

import re

from shop.cart.services import MOST_PACKS
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l

_PLAIN = re.compile(r"[0-9]{1,12}")


def read_packs(values: list[str]) -> int:
    """Return the number of packs from what was sent under one name; raises Invalid("quantity").

    Only plain digits are a number here: our own page sends nothing else, and a second reading of 1.5, 1e9,
    or digits of another width would be a guess about somebody's money.
    """
    typed = values[0].strip() if len(values) == 1 else ""
    if not _PLAIN.fullmatch(typed):
        raise Invalid("quantity", _l("Enter a whole number of packs, for example 12"))
    packs = int(typed)
    if packs < 1:
        raise Invalid("quantity", _l("Order at least 1 pack, or take the goods out."))
    if packs > MOST_PACKS:
        raise Invalid("quantity", _l("At most %(most)s packs at a time.", most=MOST_PACKS))
    return packs


def read_price(typed: str) -> int | None:
    """Return the price in đồng that our page sent as seen, or None for anything else."""
    return int(typed) if _PLAIN.fullmatch(typed) and int(typed) else None
