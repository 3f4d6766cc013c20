"""The hourly digest over all chains: a removed chain shows, too."""

import hashlib
from datetime import timedelta

from sqlalchemy import func, select

from shop.audit.models import AuditEntry, AuditHead
from shop.core import clock
from shop.core.db import db, writing

EVERY = timedelta(hours=1)
SETTLED = timedelta(minutes=2)  # longer than any transaction may last: no row with a smaller key is still on its way


def digest_heads() -> int:
    """Once an hour, keep one digest over the newest rows; returns 1 when it did."""
    last = db.session.scalar(select(AuditHead).order_by(AuditHead.id.desc()).limit(1))
    settled = select(func.max(AuditEntry.id)).where(AuditEntry.at <= clock.now() - SETTLED)
    newest = db.session.scalar(settled) or 0
    since, before = (last.newest_entry_id, last.digest) if last else (0, "")
    due = last is None or last.at <= clock.now() - EVERY
    if not due or newest <= since:
        return 0
    running = hashlib.sha256(before.encode())
    for digest in db.session.scalars(
        select(AuditEntry.digest).where(AuditEntry.id > since, AuditEntry.id <= newest).order_by(AuditEntry.id)
    ):
        running.update(digest.encode())
    with writing() as session:
        session.add(AuditHead(newest_entry_id=newest, digest=running.hexdigest()))
    return 1


SWEEPS = [digest_heads]
