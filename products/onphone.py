"""What the product form's scripts know and say, and in whose window it is shown."""

import re
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from flask import url_for

from cooperatives.photos.hints import LEAST_SHARP, MOST_DARK, SENTENCES, SMALLEST_SIDE
from products.fields import MOST_PHOTOS, SLOTS
from products.models import Product
from products.photos.hints import NEARLY
from products.photos.queries import NEAREST
from shop.core.i18n import current_language
from shop.core.i18n import lazy_gettext as _l

SLOT_WORDS = {"whole": _l("The whole"), "label": _l("The label"), "packed": _l("Packed or on the scale")}
STATES = {
    "here": _l("On this phone, not yet sent"),
    "sending": _l("Being sent"),
    "sent": _l("Sent"),
    "refused": _l("Not accepted. Choose another photo."),
    "dropped": _l("Deleted."),
}
IN_APP = re.compile(r"\b(?:Zalo|FBAN|FBAV|FB_IAB|Instagram|Messenger)\b", re.IGNORECASE)  # their own browsers say so
WORDS = {
    "listen": _l("Listen"),
    "saved": _l("Saved on this phone"),
    "low": _l("Saved. This phone is almost full: delete old photos."),
    "full": _l("This phone is full. Delete old photos, then try again."),
    "sent": _l("Sent at TIME"),
    "sending": _l("Sending photo NUMBER of TOTAL"),
    "offline": _l("No connection. Keep going, it is saved here."),
    "busy": _l("The market is busy. Your work is on this phone and goes later."),
    "signedOut": _l("You were signed out. Sign in again, nothing is lost."),
    "closed": _l("This is closed to you now. What is not sent stays on this phone."),
    "wished": _l("Waits for a connection, then goes to the officer by itself."),
    "photo": _l("Photo"),
    "noName": _l("Goods without a name yet"),
    "twice": _l("This photo is here already."),
    "tooHeavy": _l("This photo is over 12 MB. Take it again, smaller."),
}
VOICE = {
    "record": _l("Record"),
    "again": _l("Record again"),
    "own": _l("Your recording (%(seconds)s seconds)", seconds="SECONDS"),
    "counter": _l("SECONDS of MOST seconds"),
    "nothing": _l("Nothing was heard. Record it again."),
    "refused": _l("Not accepted. Record it again."),
    "busy": _l("Another app is using the microphone. Close it, then try again."),
    # names of the browser's own refusals: https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia
    "NotFoundError": _l("No microphone was found on this phone."),
    "NotAllowedError": _l(
        "This page may not use the microphone. Tap the sign beside the address, allow it, try again."
    ),
}


def facts(
    *, owner: str = "", seller: str = "", product: Product | None = None, key: str = "", counter: int = 0
) -> dict[str, Any]:
    """Return what the form's scripts need, as plain values for JSON; without an owner for the shell.

    `owner` says whose work it is (shop.accounts.access.work_owner), `seller` is the cooperative's code, `key` the
    draft's key, `counter` the highest stamp.
    """
    words: dict[str, Any] = {name: str(sentence) for name, sentence in WORDS.items()}
    words["tooMany"] = str(_l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS))
    words["looks"] = {hint: str(sentence) for hint, sentence in SENTENCES.items()} | {"near": str(NEARLY)}
    words["slots"] = {slot: str(word) for slot, word in SLOT_WORDS.items()}
    words["voice"] = {name: str(sentence) for name, sentence in VOICE.items()}
    words["states"] = {state: str(word) for state, word in STATES.items()}
    return {
        "owner": owner,
        "seller": seller,
        "key": key or (f"p-{product.code}" if product else ""),
        "code": product.code if product else "",
        "edit": url_for("products.edit", code=product.code) if product else None,
        "shown": _shown_at(product) if product else {},
        "counter": counter,
        "slots": SLOTS,
        "looks": {"dark": MOST_DARK, "sharp": LEAST_SHARP, "small": SMALLEST_SIDE, "near": NEAREST},
        "worker": url_for("phone.worker", lang=current_language()),
        "words": words,
    }


def _shown_at(product: Product) -> dict[str, str]:
    """Return where the market shows what a phone sent of a draft: its strip of photos and its player."""
    return {
        "photos": url_for("product_photos.photos", code=product.code),
        "voice": url_for("product_voices.voice", code=product.code),
    }


class InApp(NamedTuple):
    """The window of another app: on Android there is an address that opens Chrome instead."""

    android: bool
    url: str


def in_app(agent: str, url: str) -> InApp | None:
    """Return how to leave the browser of Zalo, Facebook and their like for `url`; None in a browser of its own.

    `intent:` addresses: https://developer.chrome.com/docs/android/intents.
    """
    if not IN_APP.search(agent):
        return None
    parts = urlsplit(url)
    end = f"#Intent;scheme={parts.scheme};package=com.android.chrome;end"
    return InApp("Android" in agent, f"intent://{parts.netloc}{parts.path}{end}")
