"""The words of a notice, in the language that speaks now."""

from typing import NamedTuple

from shop.core.i18n import use_language
from shop.notices.kinds import KINDS
from shop.notices.models import Notice


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
