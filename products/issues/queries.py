"""What is still to be mended, and what ever was, in a revision."""

from sqlalchemy import select

from products.issues.models import RevisionIssue
from products.models import ProductRevision
from shop.core.db import db


def open_for(revision: ProductRevision) -> list[RevisionIssue]:
    """Return what is still to be mended, oldest first; each knows its `sentence`, `label` and form `anchor`."""
    return [issue for issue in all_for(revision) if issue.resolved_at is None]


def all_for(revision: ProductRevision) -> list[RevisionIssue]:
    """Return all that was ever asked of a revision, mended or not, oldest first."""
    asked = select(RevisionIssue).where(RevisionIssue.revision_id == revision.id).order_by(RevisionIssue.id)
    return list(db.session.scalars(asked))
