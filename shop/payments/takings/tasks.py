"""The sweep of cash that carriers have too long."""

from collections.abc import Callable

from shop.core import clock
from shop.core.db import writing
from shop.payments.takings import policies, queries, services


def tell_of_overdue_cash() -> int:
    """Tell managers once of cash that a carrier took a week ago and has not paid in; returns for how many orders."""
    if not queries.untold(clock.now() - policies.TOO_LONG):
        return 0
    with writing():
        return services.tell_of_overdue()


SWEEPS: list[Callable[[], int]] = [tell_of_overdue_cash]
