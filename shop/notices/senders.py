"""The two ways out: SMTP for mail, an eSMS-style HTTP service for SMS. Each behind a small Protocol."""

import smtplib
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Protocol
from urllib.parse import unquote, urlsplit

import httpx

from shop.config import Settings
from shop.core import clock
from shop.core.db import forbid_in_writing

SECONDS = 15


class NotSent(Exception):
    """The service did not take the message; it may be tried again."""


class MailSender(Protocol):
    """Something that carries one mail."""

    def send(self, recipient: str, subject: str, body: str, language: str) -> None:
        """Send one mail; raises NotSent."""


class SmsSender(Protocol):
    """Something that carries one SMS."""

    def send(self, recipient: str, body: str, request_id: str) -> None:
        """Send one SMS to an E.164 number; the same request id twice is sent once; raises NotSent."""


class Smtp:
    """Mail by SMTP: smtp://user:password@host:587 (STARTTLS where offered) or smtps://…"""

    def __init__(self, url: str, sender: str) -> None:
        self.parts, self.sender = urlsplit(url), sender

    def send(self, recipient: str, subject: str, body: str, language: str) -> None:
        """Send one plain-text mail; raises NotSent."""
        forbid_in_writing("mail")
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, recipient, subject
        message["Date"], message["Message-ID"] = format_datetime(clock.now()), make_msgid(domain="chophien")
        message["Content-Language"] = language
        message.set_content(body)
        kind = smtplib.SMTP_SSL if self.parts.scheme == "smtps" else smtplib.SMTP
        try:
            with kind(self.parts.hostname or "", self.parts.port or 25, timeout=SECONDS) as server:
                self._hand_over(server, message)
        except (OSError, smtplib.SMTPException) as problem:
            raise NotSent(type(problem).__name__) from problem

    def _hand_over(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        server.ehlo_or_helo_if_needed()  # only its answer says whether there is STARTTLS
        if self.parts.scheme == "smtp" and server.has_extn("starttls"):
            server.starttls()
        if self.parts.username:
            server.login(unquote(self.parts.username), unquote(self.parts.password or ""))
        server.send_message(message)


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
            "Phone": recipient,
            "Content": body,
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
            raise NotSent(f"CodeResult {code}")


def mail_sender(settings: Settings) -> MailSender | None:
    """Return the configured way for mail, or None: then mails wait in their queue."""
    return Smtp(settings.smtp_url, settings.mail_from) if settings.smtp_url else None


def sms_sender(settings: Settings) -> SmsSender | None:
    """Return the configured way for SMS, or None: then SMS wait in their queue."""
    return HttpSms(settings.sms_url, settings.sms_api_key, settings.sms_secret_key) if settings.sms_url else None
