"""Why a message did not go out, for the sweep and in people's words."""

import re
from typing import Any

from shop.core.i18n import lazy_gettext as _l


class NotSent(Exception):
    """The service did not take the message; it may be tried again."""


class Refused(NotSent):
    """The service will never take this message; the next way is tried at once."""


# What the services answer, as a person can understand it.
WORDS: dict[str, Any] = {
    "Zalo -108": _l("the phone number is wrong"),
    "Zalo -114": _l("this Zalo account takes no messages"),
    "Zalo -118": _l("this number has no Zalo"),
    "Zalo -119": _l("this Zalo account takes no messages"),
    "Zalo -124": _l("the market's key for Zalo is too old"),
    "Zalo -216": _l("the market's key for Zalo is too old"),
    "CodeResult 108": _l("the phone number is wrong"),
    "CodeResult 103": _l("the market has no money left for SMS"),
    "unsubscribed": _l("they want no more news"),
    "signed out": _l("that phone is signed out"),
    "Push 404": _l("that phone takes no notices any more"),
    "Push 410": _l("that phone takes no notices any more"),
    "SMTPRecipientsRefused": _l("the e-mail address does not exist"),
}
ELSEWHERE = _l("the service did not answer")
UNNAMED = re.compile("[A-Za-z]+")  # the name of an exception, nothing a person could use


def reason(problem: str | None) -> str:
    """Return why a message did not arrive, in the language that speaks now; the service's own code where unknown."""
    if not problem:
        return ""
    known = WORDS.get(problem) or (ELSEWHERE if UNNAMED.fullmatch(problem) else problem)
    return str(known)
