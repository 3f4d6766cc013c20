"""Reading what is kept of citizen numbers, and who else told the same."""

from sqlalchemy import ColumnElement, or_, select

from cooperatives.identity.models import CitizenNumber
from cooperatives.models import Cooperative
from shop.core.db import db


def of_seller(cooperative: Cooperative) -> CitizenNumber | None:
    """Return what is kept of the seller's citizen number, or None."""
    return db.session.get(CitizenNumber, cooperative.id)


def same_elsewhere(cooperative: Cooperative) -> list[Cooperative]:
    """Return other sellers with the same citizen number or tax code, by name: a hint for officers alone."""
    mine = select(CitizenNumber.digest).where(CitizenNumber.cooperative_id == cooperative.id).scalar_subquery()
    told_it = select(CitizenNumber.cooperative_id).where(CitizenNumber.digest == mine)
    alike: list[ColumnElement[bool]] = [Cooperative.id.in_(told_it)]
    if cooperative.tax_code:
        alike.append(Cooperative.tax_code == cooperative.tax_code)
    found = select(Cooperative).where(Cooperative.id != cooperative.id, or_(*alike)).order_by(Cooperative.name)
    return list(db.session.scalars(found))
