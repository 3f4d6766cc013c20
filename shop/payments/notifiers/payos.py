"""payOS: HMAC-SHA256 over the fields of `data`, sorted by key; the signature stands in the body, without a time.

Source: payos.vn/docs, "Webhook thông tin thanh toán" and "Kiểm tra dữ liệu với signature". Without a time nothing is
too old; a booking told again is known by the bank's number.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from shop.core.days import from_local
from shop.core.i18n import lazy_gettext as _l
from shop.payments.notifiers.base import NotProven, NotRead, Told
from shop.payments.transfers.services import Came

DONE = "00"
TEST = (123, "TF230204212323")  # order and reference of the call with which payOS tries an address


class PayOS:
    """A notifier for the account of a payOS channel."""

    name = "payOS"
    steps = (
        _l("On my.payos.vn make a payment channel (“Kênh thanh toán”) with your account."),
        _l("Copy its Checksum Key and paste it here."),
        _l("Enter there, as the webhook of the channel, the address that you get here; payOS tries it when you save."),
        _l("payOS tells what it sees on its own channel only: pay yourself a small sum by QR, and look here for it."),
    )

    def proven(self, body: bytes, headers: Mapping[str, str], secret: str) -> Any:
        """Return the parsed body; raises NotProven where its own signature does not fit its `data`."""
        try:
            said = json.loads(body)
            text, given = _signed(said["data"]).encode(), str(said["signature"]).encode()
        except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
            raise NotProven("body") from None
        meant = hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(meant.encode(), given):
            raise NotProven("signature")
        return said

    def read(self, said: Any) -> Told:
        """Return the booking: `data` with accountNumber, amount, description, reference; no success tells of none."""
        try:
            data = said["data"]
            account, amount = str(data["accountNumber"]), data["amount"]
            if said["code"] != DONE or said["success"] is not True or data["code"] != DONE:
                return Told(account, None)
            if (data["orderCode"], data["reference"]) == TEST:
                return Told(account, None)
            if not isinstance(amount, int) or isinstance(amount, bool) or amount <= 0 or data["currency"] != "VND":
                raise NotRead("amount or currency")
            at = from_local(datetime.strptime(data["transactionDateTime"], "%Y-%m-%d %H:%M:%S"))  # noqa: DTZ007 - a bank's
            reference = str(data["reference"] or f"payos-{data['paymentLinkId']}")
            return Told(account, Came(reference, amount, str(data.get("description") or ""), at))
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            raise NotRead(str(problem)) from None


def _signed(data: dict[str, Any]) -> str:
    return "&".join(f"{key}={_value(value)}" for key, value in sorted(data.items()))


def _value(value: Any) -> str:
    """Write a value as payOS' own libraries do: nothing for null, lists and truth values as JSON."""
    if value is None or value in ("null", "undefined"):
        return ""
    if isinstance(value, bool | list | dict):
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return str(value)
