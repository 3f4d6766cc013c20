"""The settings of the app that is running, for code that knows nothing of Flask."""

import hashlib
import hmac

from flask import current_app

from shop.config import Settings
from shop.core.storage import Storage


def settings() -> Settings:
    """Return the settings the running app was made with."""
    found: Settings = current_app.extensions["settings"]
    return found


def origin() -> str:
    """Return the site's own address without a closing slash: https://market.example"""
    return settings().origin.rstrip("/")


def secret() -> bytes:
    """Return the key under which codes and links are digested."""
    return str(current_app.config["SECRET_KEY"]).encode()


def keys_for(purpose: str) -> list[bytes]:
    """Return the keys derived from the secret for one purpose, today's first, then those of former secrets.

    What is digested under the key of one purpose says nothing about the same text under another's.
    """
    secrets = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    return [hmac.new(str(one).encode(), b"key for " + purpose.encode(), hashlib.sha256).digest() for one in secrets]


def seal_keys() -> list[bytes]:
    """Return the keys that open what is sealed in the database; the first one seals."""
    first = settings().seal_key or str(current_app.config["SECRET_KEY"])
    return [key.encode() for key in (first, *settings().seal_key_fallbacks.split())]


def media_key() -> bytes:
    """Return the key that names public pictures."""
    return (settings().media_key or str(current_app.config["SECRET_KEY"])).encode()


def storage() -> Storage:
    """Return the storage of the running app."""
    found: Storage = current_app.extensions["storage"]
    return found
