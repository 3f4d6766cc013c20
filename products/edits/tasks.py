"""The sweep that forgets what was written on the way once the words themselves are decided on."""

from datetime import timedelta

from sqlalchemy import delete, select

from products.edits.models import RevisionEdit
from products.lifecycle import RevisionState
from products.models import ProductRevision
from shop.core import clock
from shop.core.db import changed, writing

# After the decision. Two people who disagree about what one of them wrote do so within a season, and a season of
# the mountains is under half a year; the revisions themselves stay for ever.
KEPT = timedelta(days=180)


def forget_old_edits() -> int:
    """Delete what was written into revisions that were approved or rejected 180 days ago; returns how many rows."""
    decided = select(ProductRevision.id).where(
        ProductRevision.state.in_((RevisionState.APPROVED, RevisionState.REJECTED)),
        ProductRevision.decided_at < clock.now() - KEPT,
    )
    with writing():
        return changed(delete(RevisionEdit).where(RevisionEdit.revision_id.in_(decided)))


SWEEPS = [forget_old_edits]
