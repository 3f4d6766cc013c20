"""Matching what a carrier paid in with an amount that came into the account: by a person, and only where it fits."""

from sqlalchemy import update

from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.payments.takings.models import Remittance
from shop.payments.takings.services import HANDLED, see
from shop.payments.transfers import services as transfers
from shop.payments.transfers.models import Credit


def came_as(remittance: Remittance, credit: Credit | None, actor: User) -> None:
    """Note that this amount in the account is the sum a carrier paid in, and that it was seen; a person has said so.

    Seller and amount must be the very same, and neither may be matched before: else Conflict. `actor` manages both.
    """
    if credit is None:
        raise Conflict(HANDLED)
    transfers.is_cash(credit, actor)
    fits = Remittance.cooperative_id == credit.cooperative_id, Remittance.came == credit.amount
    linked = update(Remittance).where(Remittance.id == remittance.id, Remittance.credit_id.is_(None), *fits)
    if changed(linked.values(credit_id=credit.id)) != 1:
        raise Conflict(HANDLED)
    db.session.refresh(remittance)
    audit.record("cash_came_as", remittance, actor, credit=credit.code, came=remittance.came)
    if remittance.seen_at is None:
        see(remittance, actor)
