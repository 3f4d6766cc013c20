"""Casso, webhook V2: HMAC-SHA512 over the time and the body with its keys sorted.

Source: developer.casso.vn, "Thiết lập Webhook thủ công" (stable v2), and the samples of
github.com/CassoHQ/casso-webhook-v2-verify-signature. The older shape (a list, a plain token as header) is not taken.
"""

import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shop.core import clock
from shop.core.days import from_local
from shop.core.i18n import lazy_gettext as _l
from shop.payments.notifiers.base import NotProven, NotRead, Told
from shop.payments.transfers.services import Came

OLDEST = 86_400  # seconds: a repeat may bear the time of the first try, and what comes twice counts once anyhow
AHEAD = 300  # seconds that their clock may be before ours
TEST = 0  # the id of the booking that "Gọi thử" makes up
_HEADER = re.compile(r"t=([0-9]{1,15}),v1=([0-9a-f]{128})")


class Casso:
    """A notifier that knows most banks, and business accounts too."""

    name = "Casso"
    steps = (
        _l("On casso.vn open “Kết nối”, “Tích hợp”, “Thêm tích hợp”, and choose Webhook V2."),
        _l("Choose your account, copy the security key (“Key bảo mật”) and paste it here; leave that page open."),
        _l("Enter there the address that you get here, press “Gọi thử”, then “Lưu”."),
    )

    def proven(self, body: bytes, headers: Mapping[str, str], secret: str) -> Any:
        """Return the parsed body; raises NotProven for a wrong signature, or one that is older than a day."""
        header = _HEADER.fullmatch(headers.get("X-Casso-Signature", ""))
        if header is None:
            raise NotProven("header")
        try:
            said = json.loads(body)
        except (ValueError, RecursionError):
            raise NotProven("body") from None
        if not any(hmac.compare_digest(_seal(secret, header[1], text), header[2]) for text in _spellings(said)):
            raise NotProven("signature")
        age = clock.now().timestamp() - int(header[1]) / 1000
        if not -AHEAD <= age <= OLDEST:
            raise NotProven("timestamp")
        return said

    def read(self, said: Any) -> Told:
        """Return the booking: `data` with accountNumber, amount (below 0 went out), description, reference, id."""
        try:
            data = said["data"]
            account, amount = str(data["accountNumber"]), data["amount"]
            if not isinstance(amount, int) or isinstance(amount, bool) or amount == 0 or said["error"] != 0:
                raise NotRead("amount or error")
            if amount < 0 or data["id"] == TEST:
                return Told(account, None)
            at = from_local(datetime.strptime(data["transactionDateTime"], "%Y-%m-%d %H:%M:%S"))  # noqa: DTZ007 - a bank's
            reference = str(data.get("reference") or f"casso-{data['id']}")
            return Told(account, Came(reference, amount, str(data.get("description") or ""), at))
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise NotRead(str(problem)) from None


def _seal(secret: str, stamp: str, text: bytes) -> str:
    return hmac.new(secret.encode(), f"{stamp}.".encode() + text, hashlib.sha512).hexdigest()


def _spellings(said: Any) -> list[bytes]:
    """Write the body as JavaScript does and as PHP does: their samples differ in letters with marks and in "/"."""
    try:
        javascript = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        php = json.dumps(said, sort_keys=True, separators=(",", ":")).replace("/", "\\/")
        return [javascript.encode(), php.encode()]
    except (UnicodeEncodeError, RecursionError):
        raise NotProven("body") from None
