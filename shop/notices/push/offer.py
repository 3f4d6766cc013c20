"""Whether this browser is asked: not on arrival, not on a borrowed phone, not twice."""

from shop.accounts.access import session_row
from shop.core.present import settings
from shop.notices.push import queries
from shop.notices.push.sealing import point, private_key, to_text


def key_for_offer() -> str | None:
    """Return the market's public key where the signed-in browser may be asked to show notices, else None."""
    row, key = session_row(), settings().vapid_private_key
    if not key or row is None or row.shared_device or queries.of_session(row.id):
        return None
    return to_text(point(private_key(key)))
