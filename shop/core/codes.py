"""Codes: what stands in addresses, order codes with a check digit, secret tokens."""

import hashlib
import random
import re
import secrets

from shop.core.text import fold

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U
_PUBLIC_LENGTH = 8
_READ_AS = str.maketrans("ILO", "110")
_ORDER_CODE = re.compile(r"[A-Z]{1,4}([0-9]{8})")
_DAMM = (  # the totally anti-symmetric quasigroup of order 10, H. Michael Damm, 2004
    "0317598642", "7092154863", "4206871359", "1750983426", "6123045978",
    "3674209581", "5869720134", "8945362017", "9438617205", "2581436790",
)  # fmt: skip


def public_code(rng: random.Random | None = None) -> str:
    """Return 8 random Crockford characters; `rng` is for data that must repeat by seed."""
    pick = rng or secrets.SystemRandom()
    return "".join(pick.choice(_CROCKFORD) for _ in range(_PUBLIC_LENGTH))


def read_public_code(text: str) -> str:
    """Return the code as it is kept, whatever the case and however I, L and O were read."""
    return text.strip().upper().translate(_READ_AS)


def order_code(prefix: str, rng: random.Random | None = None) -> str:
    """Return prefix + 7 random digits + their Damm check digit: "LC48172063"."""
    pick = rng or secrets.SystemRandom()
    digits = "".join(pick.choice("0123456789") for _ in range(7))
    return f"{prefix}{digits}{_damm(digits)}"


def order_code_is_valid(code: str) -> bool:
    """Say whether the code has the kept form and its check digit: one wrong digit or one swap is found."""
    found = _ORDER_CODE.fullmatch(code)
    return found is not None and _damm(found[1]) == "0"


def shown(code: str) -> str:
    """Return an order code as people read it: "LC 4817 2063"; other codes as they are."""
    if not _ORDER_CODE.fullmatch(code):
        return code
    return f"{code[:-8]} {code[-8:-4]} {code[-4:]}"


def find_order_codes(text: str, prefix: str) -> list[str]:
    """Return the valid order codes in a bank memo or in what a buyer typed, in order, each once.

    Banks fold, upper-case, prepend, and insert or drop spaces, so the text is folded and the prefix may
    stand inside a word; the check digit keeps nine of ten accidents out.
    """
    letters = " ?".join(fold(prefix))
    pattern = re.compile(f"(?={letters}((?: ?[0-9]){{8}}))")
    codes = (prefix + digits.replace(" ", "") for digits in pattern.findall(fold(text)))
    return list(dict.fromkeys(code for code in codes if order_code_is_valid(code)))


def secret_token() -> str:
    """Return 128 random bits as 22 URL-safe characters."""
    return secrets.token_urlsafe(16)


def token_digest(token: str) -> str:
    """Return the SHA-256 of a token in hex: what is kept instead of the token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _damm(digits: str) -> str:
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return str(interim)
