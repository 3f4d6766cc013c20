"""The words of a notice, in the language that speaks now."""

from typing import Any, NamedTuple

from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.notices.kinds import KINDS
from shop.notices.models import Notice

# What of a notice's params a mail shows in its table, and under which word.
FACTS: dict[str, Any] = {
    "code": _l("Order"),
    "ship_by": _l("Send by"),
    "product": _l("Product"),
    "cooperative": _l("Seller"),
}


class Said(NamedTuple):
    """One line and the sentence below it."""

    subject: str
    body: str


def said(notice: Notice, language: str | None = None) -> Said:
    """Return a notice's words, in `language` where one is named."""
    if language is not None:
        with use_language(language):
            return said(notice)
    words = KINDS[notice.kind]
    return Said(str(words.subject) % notice.params, str(words.body) % notice.params)


def facts(notice: Notice, language: str) -> dict[str, str]:
    """Return the facts of a notice by their words, for the table of a mail."""
    with use_language(language):
        return {str(words): str(notice.params[name]) for name, words in FACTS.items() if notice.params.get(name)}
