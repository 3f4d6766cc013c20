"""Reading claims: who works on what now."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import joinedload

from products.queue.models import Claim
from products.queue.models import WaitingRevision as Row
from shop.core import clock
from shop.core.db import db
from shop.core.i18n import lazy_gettext as _l


def live(now: datetime) -> ColumnElement[bool]:
    """Return what a claim is that still holds."""
    return Claim.ended_at.is_(None) & (Claim.expires_at > now)


def of_row(now: datetime) -> ColumnElement[bool]:
    """Join the claim that holds on a row of the queue."""
    return (Claim.revision_id == Row.revision_id) & (Claim.number == Row.number) & live(now)


def on(revision_id: int, number: int) -> Claim | None:
    """Return the claim that holds on this number of a revision, with its officer, or None."""
    now = clock.now()
    return db.session.scalar(
        select(Claim)
        .where(Claim.revision_id == revision_id, Claim.number == number, live(now))
        .options(joinedload(Claim.officer))
        .execution_options(populate_existing=True)
    )


def in_the_way(claim: Claim | None, officer_id: int) -> Any:
    """Return the sentence that says who else works on it and until when, or None where nobody else does."""
    if claim is None or claim.officer_id == officer_id:
        return None
    words = _l("%(name)s is deciding on this until %(time)s. You may read it.")
    return str(words) % {"name": claim.officer.name, "time": claim.until}
