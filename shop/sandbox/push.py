"""A browser and its push service in one: gives out addresses, checks who sends, opens what was sealed."""

import base64
import hashlib
import hmac
import json
import secrets
from typing import Any
from urllib.parse import urlsplit

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from flask import Blueprint, request, url_for

from shop.sandbox.context import sandbox
from shop.sandbox.state import now, wall

bp = Blueprint("push", __name__)
CURVE = ec.SECP256R1()
DAY = 24 * 3600  # seconds: RFC 8292 allows no longer token
LARGEST = 4096  # octets of a message


class Wrong(Exception):
    """A message that a real service, or a real browser, would not take."""


@bp.post("/push/browsers")
def subscribe() -> dict[str, Any]:
    """Play a browser that subscribes with {application_server_key}; answers what PushSubscription.toJSON() gives."""
    key, auth, name = ec.generate_private_key(CURVE), secrets.token_bytes(16), secrets.token_urlsafe(16)
    public = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    scalar = key.private_numbers().private_value.to_bytes(32, "big")
    row = (name, request.get_json()["application_server_key"], _text(scalar), _text(auth))
    with sandbox().state.writing() as db:
        db.execute("INSERT INTO browsers (name, server_key, key, auth) VALUES (?, ?, ?, ?)", row)
    endpoint = url_for(".send", name=name, _external=True, lang=None)
    return {"endpoint": endpoint, "keys": {"p256dh": _text(public), "auth": _text(auth)}}


@bp.delete("/push/send/<name>")
def unsubscribe(name: str) -> tuple[str, int]:
    """Play a browser whose owner took the permission back."""
    with sandbox().state.writing() as db:
        db.execute("DELETE FROM browsers WHERE name = ?", (name,))
    return "", 204


@bp.post("/push/send/<name>")
def send(name: str) -> tuple[str, int]:
    """Take one message as a push service does, and open it as the browser does."""
    with sandbox().state.reading() as db:
        browser = db.execute("SELECT * FROM browsers WHERE name = ?", (name,)).fetchone()
    if browser is None:
        return "gone", 410
    try:
        _check_sender(browser["server_key"])
        if request.headers.get("Content-Encoding") != "aes128gcm" or not request.headers.get("TTL", "").isdecimal():
            raise Wrong("400 TTL and Content-Encoding: aes128gcm are needed")
        message = _opened(request.get_data(), _raw(browser["key"]), _raw(browser["auth"]))
    except Wrong as problem:
        return str(problem), int(str(problem)[:3])
    except (ValueError, KeyError, InvalidTag):
        return "400 cannot be opened", 400
    with sandbox().state.writing() as db:
        db.execute("INSERT INTO pushes (at, browser, message) VALUES (?, ?, ?)", (now(db), name, message))
    return "", 201


@bp.get("/push.json")
def as_json() -> list[dict[str, Any]]:
    with sandbox().state.reading() as db:
        return [dict(row) for row in db.execute("SELECT * FROM pushes ORDER BY id DESC LIMIT 500")]


def _check_sender(server_key: str) -> None:
    """Check the token of RFC 8292: scheme, signature, audience, end, whom to write to, and that it is the known key."""
    scheme, _space, rest = request.headers.get("Authorization", "").partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(",") if "=" in part)
    if scheme != "vapid" or given.get("k") != server_key:
        raise Wrong("403 not the key this browser subscribed with")
    signed, _dot, signature = given["t"].rpartition(".")
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _raw(given["k"]))
    raw = _raw(signature)
    pair = utils.encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    try:
        key.verify(pair, signed.encode(), ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise Wrong("403 the token is not signed with its key") from None
    claims = json.loads(_raw(signed.partition(".")[2]))
    if claims["aud"] != f"{urlsplit(request.url).scheme}://{request.host}":
        raise Wrong("403 the token is for another service")
    if not wall() < claims["exp"] <= wall() + DAY or not claims["sub"].startswith(("mailto:", "https:", "http:")):
        raise Wrong("403 the token has no good end or names nobody")


def _opened(body: bytes, scalar: bytes, auth: bytes) -> str:
    """Open a message by RFC 8291 with the browser's own key; written apart from the market's sealing on purpose."""
    if len(body) > LARGEST:
        raise Wrong("413 too large")
    key = ec.derive_private_key(int.from_bytes(scalar, "big"), CURVE)
    mine = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    salt, length = body[:16], body[20]
    theirs, rest = body[21 : 21 + length], body[21 + length :]
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    mixed = _hmac(_hmac(auth, shared), b"WebPush: info\0" + mine + theirs + b"\1")
    pseudo = _hmac(salt, mixed)
    content = _hmac(pseudo, b"Content-Encoding: aes128gcm\0\1")[:16]
    nonce = _hmac(pseudo, b"Content-Encoding: nonce\0\1")[:12]
    return AESGCM(content).decrypt(nonce, rest, None).rstrip(b"\0").removesuffix(b"\2").decode()


def _hmac(key: bytes, message: bytes) -> bytes:
    return hmac.new(key, message, hashlib.sha256).digest()


def _raw(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
