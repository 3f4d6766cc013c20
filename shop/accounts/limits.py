"""How often each way of proving oneself may be tried: one table, counted exactly (figures: Warehouse, PyPI)."""

from typing import NamedTuple

from shop.accounts import throttle
from shop.accounts.devices.models import KnownDevice

FIVE_MINUTES, HOUR, DAY = 300, 3600, 86_400


class Limit(NamedTuple):
    """So many uses in so many seconds."""

    uses: int
    seconds: int


LIMITS: dict[str, tuple[Limit, ...]] = {
    "sign-in-name": (Limit(10, FIVE_MINUTES),),  # of one login name, in browsers it never used
    "sign-in-network": (Limit(10, FIVE_MINUTES),),
    "sign-in-all": (Limit(1000, FIVE_MINUTES),),  # of everybody together
    "sign-in-device": (Limit(10, FIVE_MINUTES),),  # of one browser its owner used before: no guesser locks it out
    "password-change": (Limit(10, FIVE_MINUTES),),
    "code-to": (Limit(5, HOUR),),  # one-time codes to one number
    "code-network": (Limit(30, HOUR),),
    "code-try-network": (Limit(60, HOUR),),
    "link-to": (Limit(5, DAY),),  # links for a new account or password to one address
    "link-network": (Limit(30, HOUR),),
    "confirm": (Limit(10, FIVE_MINUTES), Limit(50, DAY)),  # proving once more who one is
    "add-email": (Limit(2, DAY),),  # of one person
    "second-factor": (Limit(5, FIVE_MINUTES), Limit(20, HOUR), Limit(50, DAY)),  # of one person
}


def use(name: str, who: object = "") -> None:
    """Count one try of `name` (a key of LIMITS) by `who`; raises TooMany past any of its limits.

    Opens its own short writing(): call it at the door, before the work.
    """
    use_each({name: who})


def use_each(tries: dict[str, object]) -> None:
    """Count one try under several names (name -> who) at once; where one is over its limit, none is counted."""
    throttle.count_each(
        [(f"{name}-{limit.seconds}:{who}", *limit) for name, who in tries.items() for limit in LIMITS[name]]
    )


def sign_in(login: str, network: str, device: KnownDevice | None) -> None:
    """Count a try at a password: a browser the owner used before has a count of its own, all others share theirs."""
    if device is not None:
        use("sign-in-device", device.id)
    else:
        use_each({"sign-in-name": login, "sign-in-network": network, "sign-in-all": ""})
