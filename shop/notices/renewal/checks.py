"""What `flask verify` proves about the key at Zalo."""

from collections.abc import Iterator

from shop.core.db import db
from shop.core.seal import BrokenSeal, unseal
from shop.notices.renewal.models import ONLY, ZaloKey


def seals_open() -> Iterator[str]:
    """Both tokens can be opened with the keys of the settings."""
    row = db.session.get(ZaloKey, ONLY)
    for sealed in (row.sealed_refresh, row.sealed_access) if row else ():
        try:
            unseal(sealed or "") if sealed else None
        except BrokenSeal:
            yield "the key for Zalo does not open with SEAL_KEY"


CHECKS = [seals_open]
