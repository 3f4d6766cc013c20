"""Keeping what was written into a draft, also where somebody wrote over it: old and new value of each field."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from products.edits import queries
from products.edits.models import RevisionEdit
from products.models import ProductRevision
from products.written import same, written
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db

TOGETHER = timedelta(minutes=10)  # phones save every few seconds; one sitting is one row


def keep(
    revision: ProductRevision,
    actor: User,
    before: Mapping[str, Any],
    *,
    page: str = "",
    refused: Mapping[str, Any] | None = None,
    restored: int | None = None,
) -> None:
    """Keep how the draft differs now from `before` (products.written), and the values that were `refused`.

    What the same person writes on the same page within ten minutes goes on in one row, with the first old and the
    last new value; a field that is what it was drops out. `restored` is the number whose words were taken.
    """
    after = written(revision)
    changes = {
        field: [before.get(field, ""), after.get(field, "")]
        for field in dict.fromkeys([*before, *after])
        if before.get(field, "") != after.get(field, "")
    }
    late = {
        field: value
        for field, value in (refused or {}).items()
        if not same(field, value, after.get(field, ""), revision.pack_word)
    }
    if not changes and not late:
        return
    row = queries.running(revision, actor, page, clock.now() - TOGETHER) if page else None
    if row is None:
        row = RevisionEdit(product_id=revision.product_id, revision_id=revision.id, revision_number=revision.number)
        row.actor_id, row.page, row.restored_number = actor.id, page, restored
        row.changes, row.refused = changes, late
        db.session.add(row)
    else:
        row.changes, row.refused, row.at = _joined(row.changes, changes), row.refused | late, clock.now()
        if not row.changes and not row.refused:
            db.session.delete(row)
    db.session.flush()


def _joined(earlier: dict[str, Any], later: dict[str, Any]) -> dict[str, Any]:
    joined = dict(earlier)
    for field, (old, new) in later.items():
        first = joined.pop(field)[0] if field in joined else old
        if first != new:
            joined[field] = [first, new]
    return joined
