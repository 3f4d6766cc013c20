"""record(): one audit row, in the change's own transaction, chained to the row before on the same subject."""

import json
from datetime import timedelta
from typing import Any

from sqlalchemy import inspect, select

from shop.audit import acting
from shop.audit.digests import digest_of, personal_digest
from shop.audit.models import AuditEntry, AuditPersonal
from shop.core import clock
from shop.core.db import db

READ = "personal_data_read"  # the action of a reading
READ_AGAIN = timedelta(minutes=10)  # a page opened twice in this time is one reading


def record(
    action: str,
    subject: Any,
    actor: Any,
    *,
    personal: dict[str, Any] | None = None,
    **facts: Any,
) -> AuditEntry:
    """Keep who did what. `subject` is a model instance, `actor` a User or None for the system itself.

    Whoever acts for another in this request (shop.audit.acting) is kept with both names and the consent's code.
    `facts` hold ids, field names and non-personal values (JSON). `personal` holds personal before and
    after values: they go to an erasable side row whose HMAC is part of the chain. The subject's row is taken until
    the transaction ends: its chain grows one by one, whoever else writes about it.
    """
    session = db.session
    session.flush()
    helped = acting.of(actor.id) if actor is not None else None
    if helped is not None:
        facts["consent"] = helped.consent
    kind, key = subject.__tablename__, inspect(subject).identity[0]
    _take(subject)
    last = session.execute(
        select(AuditEntry.number, AuditEntry.digest)
        .where(AuditEntry.subject_kind == kind, AuditEntry.subject_id == key)
        .order_by(AuditEntry.number.desc())
        .limit(1)
    ).first()
    entry = AuditEntry(
        subject_kind=kind,
        subject_id=key,
        number=(last.number if last else 0) + 1,
        action=action,
        actor_id=actor.id if actor is not None else None,
        on_behalf_of_id=helped.on_behalf_of_id if helped is not None else None,
        facts=json.loads(json.dumps(facts, default=str)),
        personal_digest=personal_digest(personal) if personal else None,
        previous=last.digest if last else "",
        at=clock.now(),
    )
    entry.digest = digest_of(entry)
    session.add(entry)
    session.flush()
    if personal:
        session.add(AuditPersonal(entry_id=entry.id, values=personal))
    return entry


def _take(subject: Any) -> None:
    """Lock the subject's row, where its caller has not yet; a transaction that writes on SQLite is alone anyway."""
    if db.session.get_bind().dialect.name == "sqlite":
        return
    found = inspect(subject)
    (key,) = found.mapper.primary_key
    db.session.execute(select(key).where(key == found.identity[0]).with_for_update(key_share=True))


def record_reading(subject: Any, reader: Any, *fields: str) -> AuditEntry | None:
    """Keep that one of the staff read personal data of `subject`: which fields, never their values.

    Opened again within READ_AGAIN it is the same reading, and None comes back. The caller holds the subject's row
    (reliability, row 40; Law 91/2025/QH15 asks who saw what).
    """
    kind, key = subject.__tablename__, inspect(subject).identity[0]
    recent = db.session.execute(
        select(AuditEntry.facts).where(
            AuditEntry.subject_kind == kind,
            AuditEntry.subject_id == key,
            AuditEntry.action == READ,
            AuditEntry.actor_id == reader.id,
            AuditEntry.at > clock.now() - READ_AGAIN,
        )
    ).scalars()
    seen = sorted(fields)
    if any(facts.get("fields") == seen for facts in recent):
        return None
    return record(READ, subject, reader, fields=seen)
