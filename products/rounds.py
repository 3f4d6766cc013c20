"""Beginning again after a sending: other words take another number, and the words that were read stay as they were."""

from products import drafting
from products.lifecycle import RevisionState
from products.models import ProductRevision
from shop.core.db import db


def begin_again(revision: ProductRevision, move: str) -> ProductRevision:
    """Make a sent or returned revision a draft again (`move`: take_back, reopen) under the next number.

    What was sent is kept under the number that officers and decisions named it by; that past revision is returned.
    """
    returned = revision.state is RevisionState.RETURNED
    past = ProductRevision(
        product_id=revision.product_id,
        number=revision.number,
        state=RevisionState.PAST,
        base_price=revision.base_price,
        created_by_id=revision.created_by_id,
        created_at=revision.created_at,
        submitted_at=revision.submitted_at,
        submitted_by_id=revision.submitted_by_id,
        decided_at=revision.decided_at if returned else None,
    )
    drafting.copy(revision, past)
    drafting.note_alike(revision)
    revision.move(move)
    revision.number += 1
    db.session.flush()  # the old number must be free before the past revision takes it
    db.session.add(past)
    db.session.flush()
    return past
