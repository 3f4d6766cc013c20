"""The sweep that lets an approved account count when its delay is over."""

from cooperatives.bank import queries, services
from shop.core.db import writing


def put_accounts_in_force() -> int:
    """Put each account that is due in force; returns how many."""
    return sum(_one(*keys) for keys in queries.due())


def _one(account_id: int, cooperative_id: int) -> int:
    with writing():
        return services.put_in_force(account_id, cooperative_id)


SWEEPS = [put_accounts_in_force]
