"""How often each way of proving oneself may be tried: one table, counted exactly (figures: Warehouse, PyPI)."""

from typing import NamedTuple

from shop.accounts import throttle

FIVE_MINUTES, HOUR, DAY = 300, 3600, 86_400


class Limit(NamedTuple):
    """So many uses in so many seconds."""

    uses: int
    seconds: int


LIMITS: dict[str, tuple[Limit, ...]] = {
    "second-factor": (Limit(5, FIVE_MINUTES), Limit(20, HOUR), Limit(50, DAY)),  # of one person
}


def use(name: str, who: object = "") -> None:
    """Count one try of `name` (a key of LIMITS) by `who`; raises TooMany past any of its limits.

    Opens its own short writing(): call it at the door, before the work.
    """
    throttle.count_each([(f"{name}-{limit.seconds}:{who}", *limit) for limit in LIMITS[name]])
