"""What the scripts of the product form know and say; every sentence of theirs comes from here."""

from typing import Any

from flask import url_for

from products.fields import MOST_PHOTOS, SLOTS
from products.models import Product
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
WORDS = {
    "saved": _l("Saved on this phone"),
    "low": _l("Saved. This phone is almost full: delete old photos."),
    "full": _l("This phone is full. Delete old photos, then try again."),
    "sent": _l("Sent at TIME"),
    "sending": _l("Sending photo NUMBER of TOTAL"),
    "offline": _l("No connection. Keep going, it is saved here."),
    "busy": _l("The market is busy. Your work is on this phone and goes later."),
    "signedOut": _l("You were signed out. Sign in again, nothing is lost."),
    "wished": _l("Waits for a connection, then goes to the officer by itself."),
    "photo": _l("Photo"),
    "noName": _l("Goods without a name yet"),
    "twice": _l("This photo is here already."),
    "tooHeavy": _l("This photo is over 12 MB. Take it again, smaller."),
}


def facts(
    *, owner: int | None = None, seller: str = "", product: Product | None = None, key: str = "", counter: int = 0
) -> dict[str, Any]:
    """Return what the form's scripts need, as plain values for JSON; without an owner for the shell.

    `owner` is the person's id, `seller` the cooperative's code, `key` the draft's key, `counter` the highest stamp.
    """
    words: dict[str, Any] = {name: str(sentence) for name, sentence in WORDS.items()}
    words["tooMany"] = str(_l("At most %(number)s photos. Delete one first.", number=MOST_PHOTOS))
    words["slots"] = {slot: str(word) for slot, word in SLOT_WORDS.items()}
    words["states"] = {state: str(word) for state, word in STATES.items()}
    return {
        "owner": str(owner or ""),
        "seller": seller,
        "key": key or (f"p-{product.code}" if product else ""),
        "code": product.code if product else "",
        "edit": url_for("products.edit", code=product.code) if product else None,
        "counter": counter,
        "slots": SLOTS,
        "worker": url_for("phone.worker", lang=current_language()),
        "words": words,
    }
