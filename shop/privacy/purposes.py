"""What we ask a consent for. What an order, a sign-in or the law needs is not among it."""

from typing import Any, NamedTuple

from shop.core.i18n import lazy_gettext as _l


class Purpose(NamedTuple):
    """The words a person says yes to; other words are a new version, and a yes to the old one does not count."""

    version: int
    words: Any


PURPOSES: dict[str, Purpose] = {
    "news": Purpose(1, _l("The market may tell me of new goods, the season and news of the province.")),
    "questions": Purpose(1, _l("The market may call or write me to ask how it could be better.")),
    "stories": Purpose(1, _l("The province may show my name and photo when it writes about the market.")),
}
