"""Reading for statements: the accounts of a person's cooperatives, and what is known of an account already."""

from collections.abc import Iterable

from sqlalchemy import select

from cooperatives.models import BankAccount
from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.db import db
from shop.payments.transfers.models import Credit

AT_ONCE = 500  # references in one question


def accounts(user: User) -> list[BankAccount]:
    """Return the accounts of a person's cooperatives that ever counted, the newest first, each number once."""
    rows = select(BankAccount).where(
        BankAccount.cooperative_id.in_(open_to(user)), BankAccount.in_force_at.is_not(None)
    )
    found: dict[tuple[int, str], BankAccount] = {}
    for account in db.session.scalars(rows.order_by(BankAccount.id.desc())):
        found.setdefault((account.cooperative_id, account.number), account)
    return list(found.values())


def known(into: BankAccount, references: Iterable[str]) -> dict[str, Credit]:
    """Return what is kept of this account already under these numbers of the bank."""
    wanted, found = list(references), {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = select(Credit).where(
            Credit.cooperative_id == into.cooperative_id,
            Credit.account == into.number,
            Credit.reference.in_(wanted[start : start + AT_ONCE]),
        )
        found.update({credit.reference: credit for credit in db.session.scalars(rows)})
    return found
