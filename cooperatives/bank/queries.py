"""Reading the account that waits, and who may say yes to it."""

from collections.abc import Iterable

from sqlalchemy import select

from cooperatives.models import BankAccount, Cooperative, MemberRole, Membership
from cooperatives.queries import members, membership
from shop.accounts.models import User
from shop.accounts.queries import officers_of_commune
from shop.core import clock
from shop.core.db import db

WAITING = (BankAccount.in_force_at.is_(None), BankAccount.stopped_at.is_(None))


def waiting(cooperative: Cooperative) -> BankAccount | None:
    """Return the account that is proposed and not in force yet, or None."""
    return db.session.scalar(select(BankAccount).where(BankAccount.cooperative_id == cooperative.id, *WAITING))


def approvers(cooperative: Cooperative, proposer_id: int) -> list[User]:
    """Return who may approve what `proposer_id` proposed: the other managers, else the commune's officers.

    An officer who belongs to the cooperative is none.
    """
    people = members(cooperative)
    others = [one.user for one in people if one.role is MemberRole.MANAGER and one.user_id != proposer_id]
    inside = {one.user_id for one in people}
    return others or [one for one in officers_of_commune(cooperative.commune_code) if one.id not in inside]


def may_approve(account: BankAccount, cooperative: Cooperative, person: User) -> bool:
    """Say whether this person may approve the account that waits."""
    return person.id in {one.id for one in approvers(cooperative, account.added_by_id)}


def is_manager(cooperative: Cooperative, person: User) -> bool:
    """Say whether the person is a manager of the cooperative now."""
    place: Membership | None = membership(person, cooperative)
    return place is not None and place.role is MemberRole.MANAGER


def due() -> Iterable[tuple[int, int]]:
    """Return (account, cooperative) of those approved whose delay is over, oldest first."""
    return [
        (account, cooperative)
        for account, cooperative in db.session.execute(
            select(BankAccount.id, BankAccount.cooperative_id)
            .where(*WAITING, BankAccount.approved_at.is_not(None), BankAccount.due_at <= clock.now())
            .order_by(BankAccount.due_at)
            .limit(50)
        )
    ]
