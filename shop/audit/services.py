"""record(): one audit row, in the change's own transaction, chained to the row before on the same subject."""

import hashlib
import hmac
import json
from typing import Any

from sqlalchemy import inspect, select

from shop.audit.models import AuditEntry, AuditPersonal
from shop.core import clock
from shop.core.db import Model, db

_personal_key = b"audit"


def use_key(secret: str) -> None:
    """Set the key under which personal values are digested (called once by the app)."""
    global _personal_key  # noqa: PLW0603 - one key for the process
    _personal_key = hashlib.sha256(b"audit-personal:" + secret.encode()).digest()


def record(
    action: str,
    subject: Any,
    actor: Any,
    *,
    on_behalf_of: Any = None,
    personal: dict[str, Any] | None = None,
    **facts: Any,
) -> AuditEntry:
    """Keep who did what. `subject` is a model instance, `actor` a User or None for the system itself.

    `facts` hold ids, field names and non-personal values (JSON). `personal` holds personal before and
    after values: they go to an erasable side row whose HMAC is part of the chain. The caller's row lock
    on the subject serialises the chain.
    """
    session = db.session
    session.flush()
    kind, key = subject.__tablename__, inspect(subject).identity[0]
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
        on_behalf_of_id=on_behalf_of.id if on_behalf_of is not None else None,
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


def personal_digest(values: dict[str, Any]) -> str:
    """Return the HMAC-SHA256 (hex) of personal values under the audit key."""
    return hmac.new(_personal_key, _canonical(values), hashlib.sha256).hexdigest()


def digest_of(entry: AuditEntry) -> str:
    """Return the SHA-256 (hex) that chains this row to the one before."""
    content = [
        entry.subject_kind,
        entry.subject_id,
        entry.number,
        entry.action,
        entry.actor_id,
        entry.on_behalf_of_id,
        entry.facts,
        entry.personal_digest,
        entry.previous,
        entry.at.isoformat(),
    ]
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def subject_of(row: Model) -> tuple[str, int]:
    """Return (kind, id) under which a row's audit entries are kept."""
    return row.__tablename__, inspect(row).identity[0]
