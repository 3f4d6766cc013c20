"""The ways out: SMTP for mail, an eSMS-style HTTP service for SMS, Zalo. Each behind a small Protocol."""

import smtplib
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Protocol
from urllib.parse import unquote, urlsplit

import httpx

from shop.config import Settings
from shop.core import clock
from shop.core.db import forbid_in_writing
from shop.core.texting import parts_of
from shop.notices.failures import NotSent, Refused
from shop.notices.mail.letters import Letter
from shop.notices.renewal.sender import RenewingZalo
from shop.notices.zalo import Zalo

SECONDS = 15


class MailSender(Protocol):
    """Something that carries one mail."""

    def send(self, recipient: str, letter: Letter) -> None:
        """Send one mail; raises NotSent."""


class SmsSender(Protocol):
    """Something that carries one SMS."""

    def send(self, recipient: str, body: str, request_id: str) -> None:
        """Send one SMS to an E.164 number; the same request id twice is sent once; raises NotSent."""


class ZaloSender(Protocol):
    """Something that carries one Zalo message."""

    def send(self, recipient: str, template: str, filled: dict[str, str], tracking_id: str) -> None:
        """Send one registered template to an E.164 number; raises NotSent."""


class Smtp:
    """Mail by SMTP: smtp://user:password@host:587 (STARTTLS where offered) or smtps://…"""

    def __init__(self, url: str, sender: str) -> None:
        self.parts, self.sender = urlsplit(url), sender

    def send(self, recipient: str, letter: Letter) -> None:
        """Send one mail, as plain text and as HTML; raises NotSent."""
        forbid_in_writing("mail")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, recipient, letter.subject
        message["Date"], message["Message-ID"] = format_datetime(clock.now()), make_msgid(domain="chophien")
        message["Content-Language"] = letter.language
        if letter.unsubscribe:  # RFC 2369; one click, without a sign-in: RFC 8058
            message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        message.set_content(letter.text)
        message.add_alternative(letter.html, subtype="html")
        kind = smtplib.SMTP_SSL if self.parts.scheme == "smtps" else smtplib.SMTP
        try:
            with kind(self.parts.hostname or "", self.parts.port or 25, timeout=SECONDS) as server:
                self._hand_over(server, message)
        except smtplib.SMTPRecipientsRefused as problem:
            raise (Refused if _for_good(problem) else NotSent)(type(problem).__name__) from problem
        except (OSError, smtplib.SMTPException) as problem:
            raise NotSent(type(problem).__name__) from problem

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        server.ehlo_or_helo_if_needed()  # only its answer says whether there is STARTTLS
        if self.parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if self.parts.username:
            server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
        server.send_message(message)


def _for_good(problem: smtplib.SMTPRecipientsRefused) -> bool:
    """Say whether the address itself was refused (5xx), not only now (RFC 5321 section 4.2.1)."""
    return all(code >= 500 for code, _words in problem.recipients.values())


class HttpSms:
    """SMS by an HTTP service in the shape of eSMS: JSON in, CodeResult "100" when taken."""

    def __init__(self, url: str, api_key: str, secret_key: str) -> None:
        self.url, self.api_key, self.secret_key = url, api_key, secret_key

    def send(self, recipient: str, body: str, request_id: str) -> None:
        """Send one SMS; raises NotSent."""
        forbid_in_writing("HTTP")
        message = {
            "ApiKey": self.api_key,
            "SecretKey": self.secret_key,
            "Phone": f"0{recipient[3:]}" if recipient.startswith("+84") else recipient,
            "Content": body,
            "IsUnicode": "0" if parts_of(body)[0] == "gsm" else "1",
            "SmsType": "8",  # a fixed number; 2 would need a registered brand name
            "RequestId": request_id,
        }
        try:
            answer = httpx.post(self.url, json=message, timeout=SECONDS)
            answer.raise_for_status()
            code = str(answer.json().get("CodeResult"))
        except (httpx.HTTPError, ValueError) as problem:
            raise NotSent(type(problem).__name__) from problem
        if code not in {"100", "124"}:  # 124: this request id was taken before, our answer got lost
            raise (Refused if code in {"108", "110"} else NotSent)(f"CodeResult {code}")  # no number, no such text


def mail_sender(settings: Settings) -> MailSender | None:
    """Return the configured way for mail, or None: then mails wait in their queue."""
    return Smtp(settings.smtp_url, settings.mail_from) if settings.smtp_url else None


def sms_sender(settings: Settings) -> SmsSender | None:
    """Return the configured way for SMS, or None: then SMS wait in their queue."""
    return HttpSms(settings.sms_url, settings.sms_api_key, settings.sms_secret_key) if settings.sms_url else None


def zalo_sender(settings: Settings) -> ZaloSender | None:
    """Return the configured way for Zalo, or None: then nothing is queued for it."""
    if settings.zalo_renews:
        return RenewingZalo(settings)
    return Zalo(settings.zalo_url, settings.zalo_access_token) if settings.zalo_access_token else None
