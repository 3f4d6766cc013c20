"""Reads a bank QR as a careful banking app does, by a reader of its own: what it takes, every bank takes.

Source: EMVCo QR Code Specification for Payment Systems, Merchant-Presented Mode 1.1; NAPAS' VietQR format 1.5.2.
"""

from typing import NamedTuple

SERVICES = {"QRIBFTTA", "QRIBFTTC"}
GUID = "A000000727"
DONG = "704"  # ISO 4217
# The banks this one knows, by NAPAS BIN: those of the highlands, the large ones and two wallets' banks.
BANKS = {
    "970405": "Agribank", "970418": "BIDV", "970415": "VietinBank", "970436": "Vietcombank", "970449": "LPBank",
    "970422": "MB", "970407": "Techcombank", "970416": "ACB", "970432": "VPBank", "970403": "Sacombank",
    "970423": "TPBank", "970441": "VIB", "970443": "SHB", "970437": "HDBank", "970426": "MSB", "970431": "Eximbank",
    "970440": "SeABank", "970448": "OCB", "970454": "BVBank", "971025": "MoMo",
}  # fmt: skip


class Unreadable(ValueError):
    """A banking app would not take this QR; the message is the word for the reason (REASONS of the page)."""


class Order(NamedTuple):
    """What the QR asks to transfer."""

    bank_bin: str
    account: str
    amount: int | None  # đồng; None: the payer says how much
    memo: str


def read(text: str) -> Order:
    """Return what a QR asks for. Raises Unreadable for the first thing that is not as it must be."""
    if not text.isascii() or len(text) < 8 or text[-8:-4] != "6304":
        raise Unreadable("shape")
    if text[-4:] != seal_of(text[:-4]):
        raise Unreadable("checksum")
    outer = _fields(text)
    if outer.get("00") != "01" or outer.get("58") != "VN":
        raise Unreadable("shape")
    if outer.get("53") != DONG:
        raise Unreadable("currency")
    whom = _fields(outer.get("38", ""))
    if whom.get("00") != GUID or whom.get("02") not in SERVICES:
        raise Unreadable("service")
    beneficiary = _fields(whom.get("01", ""))
    bank_bin, account = beneficiary.get("00", ""), beneficiary.get("01", "")
    if bank_bin not in BANKS:
        raise Unreadable("bank")
    if not (0 < len(account) <= 19 and account.isalnum()):
        raise Unreadable("account")
    return Order(bank_bin, account, _amount(outer), _fields(outer.get("62", "")).get("08", ""))


def seal_of(text: str) -> str:
    """Return CRC-16/CCITT-FALSE, bit by bit, as four capital hex digits."""
    register = 0xFFFF
    for letter in text.encode("ascii"):
        register ^= letter << 8
        for _ in range(8):
            register = register << 1 ^ (0x1021 if register & 0x8000 else 0)
            register &= 0xFFFF
    return f"{register:04X}"


def _amount(outer: dict[str, str]) -> int | None:
    amount, kind = outer.get("54"), outer.get("01")
    if kind not in {"11", "12"} or (kind == "12") != (amount is not None):
        raise Unreadable("amount")
    if amount is None:
        return None
    if not amount.isdecimal() or amount.startswith("0") or len(amount) > 13:
        raise Unreadable("amount")
    return int(amount)


def _fields(text: str) -> dict[str, str]:
    """Split nested fields; each length must end exactly where the next field, or the text, begins."""
    found: dict[str, str] = {}
    place = 0
    while place < len(text):
        name, length = text[place : place + 2], text[place + 2 : place + 4]
        end = place + 4 + int(length) if len(length) == 2 and length.isdecimal() else len(text) + 1
        if not name.isdecimal() or end > len(text) or name in found:
            raise Unreadable("length")
        found[name] = text[place + 4 : end]
        place = end
    return found
