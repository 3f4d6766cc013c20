"""Sealing a push message for one browser (RFC 8291 over RFC 8188), and saying who sends it (RFC 8292)."""

import base64
import json
import os
from urllib.parse import urlsplit

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from shop.core import clock

RECORD = 4096  # octets: the record size that every push service takes
LIFE = 12 * 3600  # seconds a token is good for; RFC 8292 allows 24 hours
CURVE = ec.SECP256R1()


def from_text(text: str) -> bytes:
    """Return the bytes of a base64url text without padding; ValueError for anything else."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)


def to_text(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def private_key(text: str) -> ec.EllipticCurvePrivateKey:
    """Return the key of a P-256 scalar in base64url; ValueError where it is none."""
    return ec.derive_private_key(int.from_bytes(from_text(text), "big"), CURVE)


def point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half as an uncompressed point of 65 octets."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def sealed(
    message: bytes, p256dh: str, auth: str, *, once: ec.EllipticCurvePrivateKey | None = None, salt: bytes | None = None
) -> bytes:
    """Return the body that only the browser with these keys can read; `once` and `salt` are given by tests only.

    Raises ValueError for keys that are none.
    """
    theirs = from_text(p256dh)
    once, salt = once or ec.generate_private_key(CURVE), salt or os.urandom(16)
    ours = point(once)
    shared = once.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    secret = _derived(shared, from_text(auth), b"WebPush: info\x00" + theirs + ours, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\x00", 12)
    header = salt + RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return header + AESGCM(key).encrypt(nonce, message + b"\x02", None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(hashes.SHA256(), length, salt, info).derive(secret)


def authorization(endpoint: str, key: ec.EllipticCurvePrivateKey, subject: str) -> str:
    """Return the Authorization header for an endpoint: a signed token that names its service and whom to write to."""
    parts = urlsplit(endpoint)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(clock.now().timestamp()) + LIFE, "sub": subject}
    signed = ".".join(to_text(json.dumps(part).encode()) for part in ({"typ": "JWT", "alg": "ES256"}, claims))
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(hashes.SHA256())))
    signature = to_text(r.to_bytes(32, "big") + s.to_bytes(32, "big"))
    return f"vapid t={signed}.{signature}, k={to_text(point(key))}"
