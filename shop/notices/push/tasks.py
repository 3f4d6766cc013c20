"""Sweeps of push."""

from shop.core.db import writing
from shop.notices.push import services


def forget_ended() -> int:
    """Forget browsers in which nobody is signed in any more."""
    with writing():
        return services.forget_ended()


SWEEPS = [forget_ended]
