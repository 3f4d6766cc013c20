"""The address that ends letters nobody has to get: a code and our signature, without a sign-in or a row of its own."""

import hashlib
import hmac
from typing import Any, NamedTuple

from shop.core.i18n import lazy_gettext as _l
from shop.core.present import keys_for, origin

NEWS = "newsletter:"  # how the events of news begin, in the queue of mails
ASKING = "rating_invitation:"  # and those that ask a buyer to rate
STOCK_ASKED, STOCK_BACK = "stock_wait:", "stock_back:"  # of goods that ran out: shall we tell you; there is some


class Ending(NamedTuple):
    """Where letters of one sort are ended, and the words of the link."""

    place: str
    words: Any


_WAITS = Ending("waits", _l("No more such letters"))
ENDINGS = {
    NEWS: Ending("news", _l("No more news")),
    ASKING: Ending("ratings/questions", _l("Ask me no more")),
    STOCK_ASKED: _WAITS,
    STOCK_BACK: _WAITS,
}


def address_of(event: str) -> str:
    """Return the address that ends such letters for the reader of this one; '' for what must come."""
    ending, code = ending_of(event), event.partition(":")[2]
    if ending is None:
        return ""
    return f"{origin()}/{ending.place}/{code}-{_signature(code, keys_for('unsubscribe')[0])}"


def ending_of(event: str) -> Ending | None:
    """Return where letters of this event's sort are ended, None for those that must come."""
    return ENDINGS.get(event.partition(":")[0] + ":")


def code_of(token: str) -> str:
    """Return the code of a signed token, '' where the signature is not ours (under any of our keys)."""
    code, _dash, given = token.partition("-")
    good = any(hmac.compare_digest(_signature(code, key).encode(), given.encode()) for key in keys_for("unsubscribe"))
    return code if good else ""


def _signature(code: str, key: bytes) -> str:
    return hmac.new(key, code.encode(), hashlib.sha256).hexdigest()[:32]
