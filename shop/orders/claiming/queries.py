"""Reading what a person told at checkout before."""

from sqlalchemy import select

from shop.accounts.models import User
from shop.core.db import db
from shop.orders.models import Purchase


def last_of(person: User) -> Purchase | None:
    """Return the person's newest purchase that still has its address, or None; a gift went to another's."""
    mine = Purchase.buyer_id == person.id, Purchase.line != "", ~Purchase.gift.has()
    return db.session.scalar(select(Purchase).where(*mine).order_by(Purchase.id.desc()).limit(1))
