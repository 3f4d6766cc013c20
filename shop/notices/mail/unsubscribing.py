"""The address that ends news: a notice's code and our signature, which needs no sign-in and no row of its own."""

import hashlib
import hmac

from shop.core.present import keys_for, origin

NEWS = "newsletter:"  # how the events of news begin, in the queue of mails


def address_of(event: str) -> str:
    """Return the address that ends news for the reader of this letter; '' for whatever is no news."""
    if not event.startswith(NEWS):
        return ""
    code = event.removeprefix(NEWS)
    return f"{origin()}/news/{code}-{_signature(code, keys_for('unsubscribe')[0])}"


def code_of(token: str) -> str:
    """Return the notice's code of a signed token, '' where the signature is not ours (under any of our keys)."""
    code, _dash, given = token.partition("-")
    good = any(hmac.compare_digest(_signature(code, key).encode(), given.encode()) for key in keys_for("unsubscribe"))
    return code if good else ""


def _signature(code: str, key: bytes) -> str:
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()[:32]
