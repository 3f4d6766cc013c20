"""Reading what was written into drafts."""

from datetime import datetime

from sqlalchemy import select

from products.edits.models import RevisionEdit
from products.models import Product, ProductRevision
from shop.accounts.models import User
from shop.core.db import db


def running(revision: ProductRevision, actor: User, page: str, since: datetime) -> RevisionEdit | None:
    """Return the row that this person began on this page after `since`, in the same round of the draft, or None."""
    return db.session.scalar(
        select(RevisionEdit)
        .where(
            RevisionEdit.revision_id == revision.id,
            RevisionEdit.revision_number == revision.number,
            RevisionEdit.actor_id == actor.id,
            RevisionEdit.page == page,
            RevisionEdit.began_at > since,
        )
        .order_by(RevisionEdit.id.desc())
        .limit(1)
    )


def one_of(product: Product, code: str) -> RevisionEdit | None:
    """Return the row of this product with this code, or None."""
    return db.session.scalar(
        select(RevisionEdit).where(RevisionEdit.product_id == product.id, RevisionEdit.code == code)
    )
