"""Walking the chains: every row follows the one before and says what it said; the hourly heads saw these rows."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import select

from shop.audit.digests import digest_of, personal_digest
from shop.audit.models import AuditEntry, AuditHead, AuditPersonal
from shop.core.db import db


def chains_hold() -> Iterable[str]:
    """Numbers have no gap, digests are right, each row names the one before."""
    rows = db.session.scalars(
        select(AuditEntry)
        .order_by(AuditEntry.subject_kind, AuditEntry.subject_id, AuditEntry.number)
        .execution_options(yield_per=1000)
    )
    last: AuditEntry | None = None
    for row in rows:
        same = last is not None and (last.subject_kind, last.subject_id) == (row.subject_kind, row.subject_id)
        number, previous = (last.number + 1, last.digest) if same and last else (1, "")
        if row.number != number or row.previous != previous:
            yield f"the chain of {row.subject_kind} {row.subject_id} breaks at number {row.number}"
        if row.digest != digest_of(row):
            yield f"audit row {row.number} of {row.subject_kind} {row.subject_id} was changed"
        last = row


def personal_values_hold() -> Iterable[str]:
    """Personal values that were not erased are the ones that were recorded."""
    rows = db.session.execute(
        select(AuditEntry.id, AuditEntry.personal_digest, AuditPersonal.values).join(
            AuditPersonal, AuditPersonal.entry_id == AuditEntry.id
        )
    )
    for key, digest, values in rows:
        if personal_digest(values) != digest:
            yield f"personal values of audit row {key} were changed"


def heads_hold() -> Iterable[str]:
    """Each hourly digest is that of the rows that stood then: a chain cut at its end, or a whole one, is missed."""
    before, digest = 0, ""
    for head in db.session.scalars(select(AuditHead).order_by(AuditHead.id)).all():
        running = hashlib.sha256(digest.encode())
        rows = select(AuditEntry.digest).where(AuditEntry.id > before, AuditEntry.id <= head.newest_entry_id)
        for one in db.session.scalars(rows.order_by(AuditEntry.id).execution_options(yield_per=1000)):
            running.update(one.encode())
        if running.hexdigest() != head.digest:
            yield f"the audit rows up to {head.newest_entry_id} are not those of {head.at:%Y-%m-%d %H:%M} UTC"
        before, digest = head.newest_entry_id, head.digest


CHECKS = [chains_hold, personal_values_hold, heads_hold]
