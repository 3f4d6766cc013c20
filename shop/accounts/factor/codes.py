"""The codes themselves: six digits of an app (RFC 6238), and recovery codes on paper."""

import hmac
import secrets

import pyotp

from shop.core import clock
from shop.core.codes import read_public_code

STEP = 30  # seconds a code is shown, RFC 6238 section 5.2
DIGITS = 6
PLACES = range(1, 9)
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LETTERS = 10  # 50 random bits, and argon2id over them


def new_secret() -> str:
    """Return 160 random bits as base32, what code apps take."""
    return pyotp.random_base32()


def address_for_app(secret: str, account: str, market: str) -> str:
    """Return the otpauth:// address that a code app reads from a square."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=market)


def step_of(secret: str, code: str) -> int | None:
    """Return the 30 s step whose code this is: the present one, or its neighbour where a clock is off; else None."""
    now = int(clock.now().timestamp()) // STEP
    app = pyotp.TOTP(secret)
    return next((step for step in (now, now - 1, now + 1) if hmac.compare_digest(app.generate_otp(step), code)), None)


def present_code(secret: str) -> str:
    """Return the code that an app shows now (for the demo's own pages and for tests)."""
    return pyotp.TOTP(secret).generate_otp(int(clock.now().timestamp()) // STEP)


def new_recovery_codes() -> list[str]:
    """Return eight codes to write down, each beginning with its place: 3-7GK2M-X9QRT."""
    drawn = ("".join(secrets.choice(_ALPHABET) for _ in range(_LETTERS)) for _ in PLACES)
    return [f"{place}-{code[:5]}-{code[5:]}" for place, code in zip(PLACES, drawn, strict=True)]


def bare(typed: str) -> str:
    """Return a code as it is compared: no spaces, no dashes, capitals, I L O read as digits."""
    return read_public_code("".join(char for char in typed if char.isalnum()))


def place_of(code: str) -> int | None:
    """Return the place of a bare recovery code, or None where it cannot be one."""
    fits = len(code) == 1 + _LETTERS and code.isascii() and code[0].isdigit() and int(code[0]) in PLACES
    return int(code[0]) if fits else None
