"""Whose phone keeps orders, and what the scripts there say."""

from typing import Any

from flask import url_for

from shop.accounts.access import helped, session_row
from shop.core.i18n import current_language, ngettext
from shop.core.i18n import lazy_gettext as _l

WORDS = {
    "signedOut": _l("You were signed out. Sign in again: what is packed goes then."),
    "closed": _l("This is closed to you now. What is not sent stays on this phone."),
    "busy": _l("The market is busy. What is packed goes a little later."),
    "done": _l("Everything packed here has arrived."),
    "waits": _l("Packed. Waits for a connection."),
    "sent": _l("Packed, and the market knows."),
    "ticks": _l("Tick every line when it is in the parcel."),
    "none": _l("This phone keeps no orders for the next days."),
    "nobody": _l("This phone keeps no orders. Sign in on it once there is a connection."),
    "since": _l("No connection. These orders are as they stood at TIME."),
    "full": _l("This phone is full. Delete old photos, then try again."),
}


def keeper() -> str:
    """Return whose orders this phone keeps: "" on a borrowed phone, and while somebody helps another."""
    row = session_row()
    return str(row.user_id) if row is not None and not row.shared_device and helped() is None else ""


def facts(owner: str) -> dict[str, Any]:
    """Return what the scripts need, as plain values for JSON; `owner` is keeper(), or "" for the shell."""
    words: dict[str, Any] = {name: str(sentence) for name, sentence in WORDS.items()}
    words["offline"] = [_waiting(number) for number in (1, 2)]
    return {
        "owner": owner,
        "kept": url_for("desk_packing.kept"),
        "worker": url_for("phone.worker", lang=current_language()),
        "words": words,
    }


def _waiting(number: int) -> str:
    """Say that so many things wait (one, or several), with NUMBER where the script puts the number."""
    return ngettext(
        "No connection: %(count)s thing waits to be sent",
        "No connection: %(count)s things wait to be sent",
        number,
        count="NUMBER",
    )
