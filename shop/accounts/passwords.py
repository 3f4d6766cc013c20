"""Passwords: argon2id, at most two hashes at once, common ones refused."""

from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shop.core.db import forbid_in_writing
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l

LEAST = 8  # characters, NIST SP 800-63B section 5.1.1
MOST = 200
COMMON = frozenset((Path(__file__).parent / "data" / "common_passwords.txt").read_text(encoding="utf-8").split())
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP password storage, argon2id
_two_at_once = BoundedSemaphore(2)  # sign-ins must not starve the checkout
_nobody = ""


def check_new(password: str, *own_words: str) -> None:
    """Refuse a password that is short, common or the person's own name or address; raises Invalid("password")."""
    lowered = password.casefold()
    if len(password) < LEAST:
        raise Invalid("password", _l("Use 8 characters or more."))
    if len(password) > MOST:
        raise Invalid("password", _l("Use 200 characters or fewer."))
    if lowered in COMMON or any(word and lowered == word.casefold() for word in own_words):
        raise Invalid("password", _l("Many people use this password. Choose another one."))


def hashed(password: str) -> str:
    """Return the argon2id hash of a password (never inside writing())."""
    forbid_in_writing("password hash")
    with _two_at_once:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Say whether the password is right; takes as long for an unknown account (`stored` None)."""
    global _nobody  # noqa: PLW0603 - made once, on first use
    forbid_in_writing("password hash")
    if not _nobody:
        _nobody = hashed("nobody has this password")
    with _two_at_once:
        try:
            return _hasher.verify(stored or _nobody, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False
