"""Passwords: argon2id, at most two hashes at once; common ones and one's own name are refused."""

from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from shop.core.db import forbid_in_writing
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import fold

LEAST = 8  # characters, NIST SP 800-63B section 5.1.1
MOST = 200
OWN_LEAST = 4  # letters or digits that must remain where one's own words are taken out
_LIST = Path(__file__).parent / "data" / "common_passwords.txt"
COMMON = frozenset(line for line in _LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("# "))
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP password storage, argon2id
_two_at_once = BoundedSemaphore(2)  # sign-ins must not starve the checkout
_nobody = ""


def check_new(password: str, *own_words: str | None) -> None:
    """Refuse a password that is short, common or hardly more than the given words (name, phone, market …).

    Any characters count, spaces too; raises Invalid("password") with a sentence.
    """
    if len(password) < LEAST:
        raise Invalid("password", _l("Use 8 characters or more."))
    if len(password) > MOST:
        raise Invalid("password", _l("Use 200 characters or fewer."))
    if is_common(password):
        raise Invalid("password", _l("Many people use this password. Choose another one."))
    if _is_own(password, own_words):
        raise Invalid("password", _l("Leave out your name, your number and the name of the market."))


def is_common(password: str) -> bool:
    """Say whether the password is on the list of those that many people use."""
    return password.casefold() in COMMON


def _is_own(password: str, own_words: tuple[str | None, ...]) -> bool:
    """Say whether little is left of the password without the person's own words, accents and spaces aside."""
    left = whole = _bare(password)
    for word in sorted({_bare(word) for word in own_words if word}, key=len, reverse=True):
        if len(word) >= OWN_LEAST:
            left = left.replace(word, "")
    letters = left.strip("0123456789") if left != whole else left
    return left != whole and len(letters) < OWN_LEAST


def _bare(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


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


def is_outdated(stored: str | None) -> bool:
    """Say whether a hash was made with weaker figures than today's, so that the next sign-in makes it anew."""
    return stored is not None and _hasher.check_needs_rehash(stored)
