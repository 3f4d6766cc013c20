"""Which orders a phone keeps: those to be sent within the next days."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy.orm import selectinload

from shop.accounts.models import User
from shop.core.days import end_of, today
from shop.core.db import db
from shop.orders import queries as orders
from shop.orders.models import Order

AHEAD = 3  # days; farther ones need nobody in the shed yet
MOST = 60  # orders


def for_phone(person: User) -> Sequence[Order]:
    """Return the orders to accept, pack and hand over that are late or due within AHEAD days, the first due first."""
    until = end_of(today() + timedelta(days=AHEAD))
    rows = orders.in_tab(person, "open").where(Order.ship_by <= until).limit(MOST).options(selectinload(Order.events))
    return db.session.scalars(rows).unique().all()
