"""The digests that chain audit rows and seal their personal values."""

import hashlib
import hmac
import json
from typing import Any

from shop.audit.models import AuditEntry

_personal_key = b"audit"


def use_key(secret: str) -> None:
    """Set the key under which personal values are digested (called once by the app)."""
    global _personal_key  # noqa: PLW0603 - one key for the process
    _personal_key = hashlib.sha256(b"audit-personal:" + secret.encode()).digest()


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
