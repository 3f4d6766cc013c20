"""What people type to sign in, as login names keep it."""

import unicodedata

from shop.accounts.models import LoginKind
from shop.core.phones import BadPhone, parse_phone


def folded(value: str | None) -> str:
    """Return an e-mail address as login names keep it: NFC, stripped, lower case."""
    return unicodedata.normalize("NFC", value or "").strip().lower()


def parse_login(typed: str) -> tuple[LoginKind, str]:
    """Return the kind and stored value of a typed name: 0912 345 678, 0912345678-2 or an e-mail."""
    if "@" in typed:
        return LoginKind.EMAIL, folded(typed)
    number, dash, which = typed.partition("-")
    try:
        return LoginKind.PHONE, f"{parse_phone(number)}{dash}{which.strip()}"
    except BadPhone:
        return LoginKind.EMAIL, folded(typed)
