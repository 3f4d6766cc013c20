"""A parcel of fields, read from the JSON that a phone sent; what does not belong there is named, not guessed."""

import hashlib
import json
from typing import Any, NamedTuple

from products.allergens import ALLERGENS
from products.fields import LABELS, LISTS
from shop.core.errors import DomainError
from shop.core.i18n import lazy_gettext as _l
from shop.core.text import nfc

LONGEST = 20_000  # characters of one value; what is too long for its field is said when the draft is sent for review
TEXTS = {*LABELS, "price_meant"} - {"photos", *LISTS}
MOST_COUNTER = 2**53  # beyond it a phone's numbers are no longer exact


class BadParcel(DomainError):
    """The message of a phone cannot be read; nothing was changed."""

    status = 400

    def __init__(self) -> None:
        super().__init__(_l("The phone sent something the market cannot read. Open the page again."))


class Stamped(NamedTuple):
    """What was typed into a field (months and allergens: a list) and the phone's counter at that moment."""

    value: Any
    counter: int


class Parcel(NamedTuple):
    """One message: the page it comes from, its fields by name, and the names nobody here knows."""

    page: str
    fields: dict[str, Stamped]
    unknown: list[str]

    @property
    def digest(self) -> str:
        """The same message gives the same digest (hex SHA-256)."""
        body = json.dumps([self.page, sorted(self.fields.items())], ensure_ascii=False)
        return hashlib.sha256(body.encode()).hexdigest()


def read_parcel(message: Any) -> Parcel:
    """Return the parcel in a decoded JSON message; raises BadParcel where its shape is wrong."""
    if not isinstance(message, dict) or not isinstance(message.get("fields", {}), dict):
        raise BadParcel
    page = message.get("page", "")
    if not isinstance(page, str):
        raise BadParcel
    fields = {name: _stamped(name, sent) for name, sent in message.get("fields", {}).items() if _known(name)}
    return Parcel(page[:40], fields, sorted(name for name in message.get("fields", {}) if not _known(name)))


def _known(name: str) -> bool:
    return name in TEXTS or name in LISTS


def _stamped(name: str, sent: Any) -> Stamped:
    if not isinstance(sent, dict):
        raise BadParcel
    counter, value = sent.get("n"), sent.get("v")
    if not isinstance(counter, int) or isinstance(counter, bool) or not 0 < counter < MOST_COUNTER:
        raise BadParcel
    if name in LISTS:
        if not isinstance(value, list) or any(not isinstance(one, str) for one in value):
            raise BadParcel
        if name == "season":
            return Stamped(sorted({int(month) for month in value if month in _MONTHS}), counter)
        return Stamped([code for code in ALLERGENS if code in value], counter)
    if not isinstance(value, str) or len(value) > LONGEST or "\x00" in value:
        raise BadParcel
    return Stamped(nfc(value).strip(), counter)


_MONTHS = {str(month) for month in range(1, 13)}
