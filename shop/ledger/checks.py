"""What `flask verify` proves about the books by themselves."""

from collections.abc import Callable, Iterable, Iterator

from shop.ledger import queries
from shop.ledger.models import Account


def sums_are_zero() -> Iterator[str]:
    """What is where is whose it is, in the books of each seller and so in all of them together."""
    for seller, accounts in queries.balances().items():
        total = queries.sum_of(accounts)
        if total:
            yield f"seller {seller}: the accounts sum to {total} đồng instead of 0"


def nothing_below_zero() -> Iterator[str]:
    """No more money leaves a place than came to it.

    Buyers may owe or be owed; and a seller may give back in cash what a carrier has kept or paid into the account.
    The card's provider is one place: what goes back may leave the market's account before it is taken back from the
    seller's.
    """
    for seller, accounts in queries.balances().items():
        if accounts[Account.CONNECTED] >= 0:
            accounts |= {Account.CARD: accounts[Account.CARD] + accounts[Account.CONNECTED]}
        for account, amount in accounts.items():
            if amount < 0 and account not in {Account.BUYERS, Account.CASH}:
                yield f"seller {seller}: {amount} đồng in {account.value}"


CHECKS: list[Callable[[], Iterable[str]]] = [sums_are_zero, nothing_below_zero]
