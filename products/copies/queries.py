"""Which goods a seller may copy."""

from typing import NamedTuple

from sqlalchemy import func, select

from cooperatives.models import Cooperative
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionText
from shop.core.db import db

MOST = 6


class Earlier(NamedTuple):
    """Goods that may be copied: their public code, and their Vietnamese name as buyers see or will see it."""

    code: str
    name: str


def earlier(cooperative: Cooperative) -> list[Earlier]:
    """Return the newest goods of a seller that have a name, in one query; withdrawn ones may be copied too."""
    newest = (
        select(func.max(ProductRevision.id))
        .where(ProductRevision.product_id == Product.id, ProductRevision.state != RevisionState.PAST)
        .correlate(Product)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Product.code, RevisionText.name)
        .join(ProductRevision, ProductRevision.id == func.coalesce(Product.approved_revision_id, newest))
        .join(RevisionText, (RevisionText.revision_id == ProductRevision.id) & (RevisionText.lang == "vi"))
        .where(Product.cooperative_id == cooperative.id, RevisionText.name != "")
        .order_by(Product.id.desc())
        .limit(MOST)
    )
    return [Earlier(code, name) for code, name in rows]
