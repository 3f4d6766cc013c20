"""What must hold of bank accounts at any time."""

from collections.abc import Iterable

from sqlalchemy import select

from cooperatives.models import BankAccount
from shop.core.db import db


def two_people() -> Iterable[str]:
    """An account that followed another was approved, by somebody else, before it counted.

    The first of a cooperative counts from the moment it is made, and so did all before there was a second person.
    """
    odd = BankAccount.approved_at.is_(None) | (BankAccount.approved_by_id == BankAccount.added_by_id)
    at_once = BankAccount.due_at == BankAccount.created_at
    later = select(BankAccount.code).where(BankAccount.in_force_at.is_not(None), ~at_once, odd)
    for code in db.session.scalars(later):
        yield f"bank account {code} is in force without a second person"


def after_the_delay() -> Iterable[str]:
    """No account counted before it was due, and none that was stopped."""
    early = (BankAccount.in_force_at < BankAccount.due_at) | BankAccount.stopped_at.is_not(None)
    for code in db.session.scalars(select(BankAccount.code).where(BankAccount.in_force_at.is_not(None), early)):
        yield f"bank account {code} is in force too early or though it was stopped"


CHECKS = [two_people, after_the_delay]
