"""What a real mail server refuses in an address and in a message."""

import re
from email import message_from_bytes, policy

SIZE_LIMIT = 10 * 1024 * 1024  # octets; common among providers
LINE_LIMIT = 1000  # octets with CR LF: RFC 5321 section 4.5.3.1.6
ONCE = ("From", "Date", "Message-ID", "Subject", "To", "Cc", "Reply-To", "Sender")
NEEDED = ("From", "Date", "Message-ID")  # RFC 5322 asks the first two; large providers refuse without the third
ATOM = r"[^\s@<>()\[\],;:\\\".\x00-\x1f\x7f]+"
LOCAL = re.compile(rf"{ATOM}(?:\.{ATOM})*")
LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
DOMAIN = re.compile(rf"{LABEL}(?:\.{LABEL})*")


def address_problem(address: str, utf8: bool) -> str:
    """Return the refusal for an address, or nothing (RFC 5321 without quoted local parts; RFC 6531 with `utf8`)."""
    local, at, domain = address.rpartition("@")
    if not address.isascii() and not utf8:
        return "553 5.6.7 Ask for SMTPUTF8 to use this address"
    if not at or len(local.encode()) > 64 or len(address.encode()) > 254:
        return "553 5.1.3 Not an address"
    if not LOCAL.fullmatch(local) or not DOMAIN.fullmatch(domain):
        return "553 5.1.3 Not an address"
    return ""


def message_problem(raw: bytes, utf8: bool) -> str:
    """Return the refusal for a message, or nothing (RFC 5322: well-formed header, each field once)."""
    head, found, _ = raw.partition(b"\r\n\r\n")
    if not found:
        return "554 5.6.0 No empty line between header and body"
    if not head.isascii() and not utf8:
        return "554 5.6.7 The header has raw UTF-8 without SMTPUTF8"
    message = message_from_bytes(raw, policy=policy.SMTP)
    if message.defects:
        return "554 5.6.0 The header is malformed"
    for name in NEEDED:
        if not message.get_all(name):
            return f"554 5.6.0 The header {name} is missing"
    for name in ONCE:
        if len(message.get_all(name) or ()) > 1:
            return f"554 5.6.0 The header {name} comes twice"
    return ""
