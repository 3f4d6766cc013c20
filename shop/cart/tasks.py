"""Sweeps of the cart."""

from collections.abc import Callable

from shop.cart import services
from shop.core.db import writing


def forget_old_carts() -> int:
    """Delete carts that nobody touched for thirty days; returns how many."""
    with writing():
        return services.forget_old()


SWEEPS: list[Callable[[], int]] = [forget_old_carts]
