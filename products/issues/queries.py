"""What is still to be mended, and what ever was, in a revision."""

from sqlalchemy import select

from products.issues.models import Outcome, RevisionIssue, Source
from products.models import Product, ProductRevision
from shop.core.db import db


def open_for(revision: ProductRevision) -> list[RevisionIssue]:
    """Return what is still to be mended, oldest first; each knows its `sentence`, `label` and form `anchor`."""
    return [issue for issue in all_for(revision) if issue.resolved_at is None]


def all_for(revision: ProductRevision) -> list[RevisionIssue]:
    """Return all that was ever asked of a revision, mended or not, oldest first."""
    asked = select(RevisionIssue).where(RevisionIssue.revision_id == revision.id).order_by(RevisionIssue.id)
    return list(db.session.scalars(asked))


def mended_for(revision: ProductRevision) -> list[RevisionIssue]:
    """Return what the seller has mended or changed since this was last sent, oldest first."""
    since = revision.submitted_at
    asked = select(RevisionIssue).where(
        RevisionIssue.revision_id == revision.id,
        RevisionIssue.outcome.in_((Outcome.MENDED, Outcome.CHANGED)),
        *([RevisionIssue.resolved_at > since] if since else []),
    )
    return list(db.session.scalars(asked.order_by(RevisionIssue.id)))


def refused_elsewhere(product: Product) -> list[RevisionIssue]:
    """Return what channels do not take of what is live, oldest first."""
    asked = select(RevisionIssue).where(
        RevisionIssue.revision_id == product.approved_revision_id,
        RevisionIssue.source == Source.CHANNEL,
        RevisionIssue.resolved_at.is_(None),
    )
    return list(db.session.scalars(asked.order_by(RevisionIssue.id))) if product.approved_revision_id else []
