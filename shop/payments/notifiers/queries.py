"""Reading the connections of a cooperative."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from cooperatives.models import Cooperative
from shop.core.db import db
from shop.payments.notifiers.models import BankNotifier

NOW = BankNotifier.ended_at.is_(None)


def by_code(code: str) -> BankNotifier | None:
    """Return the connection that an address names, if it is not ended."""
    return db.session.scalar(select(BankNotifier).where(BankNotifier.code == code, NOW))


def of(cooperative: Cooperative) -> list[BankNotifier]:
    """Return the connections of a cooperative, those that work now, the newest first."""
    rows = select(BankNotifier).where(BankNotifier.cooperative_id == cooperative.id, NOW)
    return list(db.session.scalars(rows.order_by(BankNotifier.id.desc()).options(joinedload(BankNotifier.made_by))))
