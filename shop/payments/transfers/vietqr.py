"""The text of a bank QR: written and read exactly.

Source: EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1, with the fields of NAPAS' VietQR
format 1.5.2 (template 38, GUID A000000727).
"""

import re
import unicodedata
from binascii import crc_hqx
from typing import NamedTuple

GUID = "A000000727"
TO_ACCOUNT = "QRIBFTTA"
SERVICES = (TO_ACCOUNT, "QRIBFTTC")  # to an account, to a card
VND = "704"  # ISO 4217
LONGEST_ACCOUNT = 19
LONGEST_MEMO = 95  # what template 62 has room for; every bank's app takes 25, and ours is an order's code
MOST = 9_999_999_999_999  # thirteen digits
_BIN = re.compile(r"[0-9]{6}")
_ACCOUNT = re.compile(rf"[0-9A-Za-z]{{1,{LONGEST_ACCOUNT}}}")
_MEMO = re.compile(rf"[0-9A-Za-z ]{{1,{LONGEST_MEMO}}}")
_AMOUNT = re.compile(r"[1-9][0-9]{0,12}")
_SEAL = "6304"  # the checksum's own tag and length, which it covers


class NotVietQR(ValueError):
    """A text that is not, letter by letter, a transfer QR; the message says what is wrong with it."""


class Transfer(NamedTuple):
    """What a bank QR asks for: the account, and for one order's sake the amount (đồng) and the memo."""

    bank_bin: str  # six digits, NAPAS
    account: str
    amount: int | None = None
    memo: str = ""
    service: str = TO_ACCOUNT


def encode(transfer: Transfer) -> str:
    """Return the text of the QR; the memo is folded to ASCII, since lengths count bytes.

    Raises NotVietQR for a BIN, account, amount or memo that the format has no room for.
    """
    memo = _plain(transfer.memo)
    _fits(transfer._replace(memo=memo))
    whom = _tag("00", transfer.bank_bin) + _tag("01", transfer.account)
    parts = [
        _tag("00", "01"),
        _tag("01", "11" if transfer.amount is None else "12"),
        _tag("38", _tag("00", GUID) + _tag("01", whom) + _tag("02", transfer.service)),
        _tag("53", VND),
        _tag("54", str(transfer.amount)) if transfer.amount is not None else "",
        _tag("58", "VN"),
        _tag("62", _tag("08", memo)) if memo else "",
    ]
    body = "".join(parts) + _SEAL
    return body + checksum(body)


def decode(payload: str) -> Transfer:
    """Return what a QR's text asks for; raises NotVietQR for anything that is not exactly such a text."""
    if not payload.isascii():
        raise NotVietQR("only ASCII letters")
    body, seal = payload[:-4], payload[-4:]
    if not body.endswith(_SEAL) or checksum(body) != seal:
        raise NotVietQR("the checksum does not fit")
    fields = _tags(payload)
    whom = _tags(fields.get("38", ""))
    account = _tags(whom.get("01", ""))
    named = {"00": "01", "53": VND, "58": "VN"}
    wrong = [tag for tag, value in named.items() if fields.get(tag) != value]
    if wrong or whom.get("00") != GUID:
        raise NotVietQR(f"field {', '.join(wrong) or '38'} is not that of a transfer in đồng")
    if (fields.get("01") == "12") is not ("54" in fields):
        raise NotVietQR("the amount and the kind of the QR contradict each other")
    more = _tags(fields.get("62", ""))
    amount = fields.get("54")
    if amount is not None and not _AMOUNT.fullmatch(amount):
        raise NotVietQR("the amount is no whole number of đồng")
    found = Transfer(
        account.get("00", ""),
        account.get("01", ""),
        int(amount) if amount else None,
        more.get("08", more.get("05", "")),
        whom.get("02", ""),
    )
    _fits(found)
    return found


def checksum(text: str) -> str:
    """Return CRC-16/CCITT-FALSE (polynomial 1021, start FFFF) of an ASCII text as four capital hex digits."""
    return f"{crc_hqx(text.encode('ascii'), 0xFFFF):04X}"


def _fits(transfer: Transfer) -> None:
    if not _BIN.fullmatch(transfer.bank_bin):
        raise NotVietQR("a BIN has six digits")
    if not _ACCOUNT.fullmatch(transfer.account):
        raise NotVietQR(f"an account has up to {LONGEST_ACCOUNT} letters and digits")
    if transfer.amount is not None and not 0 < transfer.amount <= MOST:
        raise NotVietQR("the amount is a whole number of đồng above 0")
    if transfer.memo and not _MEMO.fullmatch(transfer.memo):
        raise NotVietQR(f"a memo has up to {LONGEST_MEMO} letters, digits and spaces")
    if transfer.service not in SERVICES:
        raise NotVietQR("neither to an account nor to a card")


def _plain(text: str) -> str:
    """Return the text without Vietnamese marks, its case kept."""
    bare = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(sign for sign in bare if not unicodedata.combining(sign))


def _tag(tag: str, value: str) -> str:
    return f"{tag}{len(value):02d}{value}"


def _tags(text: str) -> dict[str, str]:
    """Read tag, length and value until the end; a length that leads beyond it, or a tag twice, is no QR."""
    found: dict[str, str] = {}
    while text:
        tag, length = text[:2], text[2:4]
        if not (tag.isdigit() and length.isdigit()) or len(text) < 4 + int(length) or tag in found:
            raise NotVietQR(f"field {tag} does not parse")
        found[tag], text = text[4 : 4 + int(length)], text[4 + int(length) :]
    return found
