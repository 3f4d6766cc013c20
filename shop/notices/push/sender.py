"""Posting one sealed message to a browser's push service."""

from typing import Protocol

import httpx

from shop.config import Settings
from shop.core.db import forbid_in_writing
from shop.notices.failures import NotSent, Refused
from shop.notices.push.endpoints import is_known
from shop.notices.push.sealing import authorization, private_key, sealed

SECONDS = 15
KEPT = 12 * 3600  # seconds the service keeps a message for a phone that is off
GONE = {httpx.codes.NOT_FOUND, httpx.codes.GONE}
LATER = {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.REQUEST_TIMEOUT}


class Gone(Refused):
    """The service no longer knows this browser: its subscription goes."""


class PushSender(Protocol):
    """Something that carries one push message."""

    def send(self, endpoint: str, p256dh: str, auth: str, message: str) -> None:
        """Send one message; raises NotSent, Refused, or Gone."""


class WebPush:
    """The push services of browsers (RFC 8030)."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.key = settings, private_key(settings.vapid_private_key)

    def send(self, endpoint: str, p256dh: str, auth: str, message: str) -> None:
        """Send one message, sealed; an address that is no push service is never asked."""
        forbid_in_writing("HTTP")
        if not is_known(endpoint, self.settings):
            raise Gone("not a push service")
        subject = self.settings.vapid_subject or self.settings.origin
        head = {"Content-Encoding": "aes128gcm", "TTL": str(KEPT), "Urgency": "high"}
        head["Authorization"] = authorization(endpoint, self.key, subject)
        try:
            body = sealed(message.encode(), p256dh, auth)
            answer = httpx.post(endpoint, content=body, headers=head, timeout=SECONDS, follow_redirects=False)
        except ValueError as problem:
            raise Gone("keys that are none") from problem
        except httpx.HTTPError as problem:
            raise NotSent(type(problem).__name__) from problem
        if answer.is_success:
            return
        if answer.status_code in GONE:
            raise Gone(f"Push {answer.status_code}")
        raise (NotSent if answer.is_server_error or answer.status_code in LATER else Refused)(
            f"Push {answer.status_code}"
        )


def push_sender(settings: Settings) -> PushSender | None:
    """Return the way to browsers, or None where the market has no key for it."""
    return WebPush(settings) if settings.vapid_private_key else None
