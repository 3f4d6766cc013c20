"""SePay: HMAC-SHA256 over timestamp and raw body.

Source: developer.sepay.vn, "SePay webhooks": authentication, security and payload.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shop.core import clock
from shop.core.days import from_local
from shop.core.i18n import lazy_gettext as _l
from shop.payments.notifiers.base import NotProven, NotRead, Told
from shop.payments.transfers.services import Came

DRIFT = 300  # seconds that the timestamp may be away from our clock


class SePay:
    """The notifier most small sellers use: one webhook for one account."""

    name = "SePay"
    steps = (
        _l("On my.sepay.vn open “Tích hợp Webhooks” and make one for money that comes in."),
        _l("Choose HMAC-SHA256, copy its secret key and paste it here."),
        _l("Enter there the address that you get here, and send a test."),
    )

    def proven(self, body: bytes, headers: Mapping[str, str], secret: str) -> Any:
        """Return the parsed body; raises NotProven for a wrong signature or one older than five minutes."""
        stamp, given = headers.get("X-Sepay-Timestamp", ""), headers.get("X-Sepay-Signature", "")
        meant = hmac.new(secret.encode(), stamp.encode() + b"." + body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(f"sha256={meant}".encode(), given.encode()):
            raise NotProven("signature")
        if not stamp.isdecimal() or abs(int(stamp) - clock.now().timestamp()) > DRIFT:
            raise NotProven("timestamp")
        try:
            return json.loads(body)
        except ValueError:
            raise NotProven("body") from None

    def read(self, said: Any) -> Told:
        """Return the booking: fields accountNumber, transferType, transferAmount, content, referenceCode, id."""
        try:
            account, amount = str(said["accountNumber"]), said["transferAmount"]
            if said["transferType"] != "in":
                return Told(account, None)
            if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0:
                raise NotRead("transferAmount")
            at = from_local(datetime.strptime(said["transactionDate"], "%Y-%m-%d %H:%M:%S"))  # noqa: DTZ007 - a bank's
            reference = str(said.get("referenceCode") or f"sepay-{said['id']}")
            return Told(account, Came(reference, amount, str(said.get("content") or ""), at))
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise NotRead(str(problem)) from None
