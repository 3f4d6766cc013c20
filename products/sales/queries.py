"""Reading sales: what is planned, what runs, what is due."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select

from products.models import Sku
from products.sales.lifecycle import OPEN, SaleState
from products.sales.models import Sale
from shop.core.db import db

FEW = 5


def open_for(sku: Sku) -> Sale | None:
    """Return the sale of a SKU that is planned or running, or None."""
    return db.session.scalar(select(Sale).where(Sale.sku_id == sku.id, Sale.state.in_(OPEN)))


def past(sku: Sku) -> Sequence[Sale]:
    """Return the last few sales of a SKU that are over, newest first."""
    over = select(Sale).where(Sale.sku_id == sku.id, Sale.state.not_in(OPEN))
    return db.session.scalars(over.order_by(Sale.id.desc()).limit(FEW)).all()


def due(today: date) -> Sequence[int]:
    """Return the ids of sales that should have begun or ended by this local day, oldest first."""
    begins = (Sale.state == SaleState.PLANNED) & (Sale.starts_on <= today)
    ends = (Sale.state == SaleState.RUNNING) & (Sale.ends_on < today)
    return db.session.scalars(select(Sale.id).where(or_(begins, ends)).order_by(Sale.id)).all()
