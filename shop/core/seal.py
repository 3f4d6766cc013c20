"""Secrets at rest: sealed under a key that lies outside the database, readable under older keys while they change."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from shop.core.present import seal_keys


class BrokenSeal(ValueError):
    """No key we have opens it: the key was lost, or somebody changed the text."""


def seal(secret: str) -> str:
    """Return `secret` encrypted and signed under the first key (Fernet: AES-128-CBC and HMAC-SHA-256)."""
    return _ring().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Return what was sealed under any of our keys; raises BrokenSeal."""
    try:
        return _ring().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise BrokenSeal("SEAL_KEY does not open what the database holds") from None


def _ring() -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"seal:" + key).digest())) for key in seal_keys()]
    )
