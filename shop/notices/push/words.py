"""What a phone shows: a word on the group, never on a person, an order or goods (docs/adr on push)."""

import json

from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.notices.kinds import Group

SHOWN = {
    Group.ORDERS: _l("There is news about an order."),
    Group.REVIEW: _l("There is news about a review."),
    Group.MONEY: _l("There is news about money or safety."),
    Group.NEWS: _l("There is news from the market."),
}


def payload(group: Group, code: str) -> str:
    """Return all that travels: the word of the group and the notice's short code."""
    return json.dumps({"group": group.value, "code": code}, separators=(",", ":"))


def shown(language: str) -> dict[str, str]:
    """Return the sentence for each group, for the phone to keep beside its service worker."""
    with use_language(language):
        return {group.value: str(words) for group, words in SHOWN.items()}
