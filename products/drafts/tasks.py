"""The sweep that forgets what phones sent once the words themselves are decided on."""

from datetime import timedelta

from sqlalchemy import delete, select

from products.drafts.models import DraftSave
from products.models import ProductRevision
from shop.core import clock
from shop.core.db import changed, writing

KEPT = timedelta(days=30)  # after the decision; the revisions themselves stay


def forget_old_saves() -> int:
    """Delete the saves of revisions that were decided 30 days ago; returns how many."""
    decided = select(ProductRevision.id).where(
        ProductRevision.product_id == DraftSave.product_id,
        ProductRevision.number >= DraftSave.revision_number,
        ProductRevision.decided_at < clock.now() - KEPT,
    )
    with writing():
        return changed(delete(DraftSave).where(decided.exists()))


SWEEPS = [forget_old_saves]
