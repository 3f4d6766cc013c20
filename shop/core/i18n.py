"""The three languages: which one speaks now, and gettext."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask, g, has_app_context, has_request_context
from flask_babel import Babel, force_locale, get_locale, get_translations
from flask_babel.speaklater import LazyString

__all__ = [
    "LANGUAGES",
    "LANGUAGE_NAMES",
    "TIMEZONE",
    "current_language",
    "gettext",
    "init_app",
    "known",
    "lazy_gettext",
    "ngettext",
    "use_language",
]

LANGUAGES = ("vi", "en", "hi")
LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English", "hi": "हिन्दी"}
TIMEZONE = "Asia/Ho_Chi_Minh"


_CATALOGUES: dict[str, Any] = {}  # the library looks its own up by a locale written out, for each sentence anew


def _catalogue() -> Any:
    if not has_app_context():
        return get_translations()  # the sentences as they are written: no catalogue is anybody's there
    language = current_language()
    found = _CATALOGUES.get(language)
    if found is None:
        found = _CATALOGUES[language] = get_translations()
    return found


def gettext(sentence: str, /, **values: Any) -> str:
    """Return a sentence in the language of now, with its values put in."""
    spoken: str = _catalogue().ugettext(sentence)
    return spoken % values if values else spoken


def ngettext(one: str, many: str, number: int, /, **values: Any) -> str:
    """Return a sentence about so many in the language of now; the number is `num` in it."""
    spoken: str = _catalogue().ungettext(one, many, number)
    return spoken % {"num": number, **values}


def lazy_gettext(sentence: str, /, **values: Any) -> Any:
    """Return a sentence that is looked up each time it is read."""
    return LazyString(gettext, sentence, **values)


def known(language: str | None) -> str:
    """Return `language` when it is one of ours, else Vietnamese."""
    return language if language in LANGUAGES else "vi"


def _selected() -> str:
    return known(g.get("language")) if has_request_context() else "vi"


def init_app(app: Flask) -> None:
    """Give the app its catalogues; the door sets `g.language` for each request."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(app.config["CATALOGUES"]))
    Babel(app, default_locale="vi", default_timezone=TIMEZONE, locale_selector=_selected)
    words: Any = app.jinja_env
    plural = lambda one, many, number: _catalogue().ungettext(one, many, number)  # noqa: E731 - the template puts values in
    words.install_gettext_callables(gettext, plural, newstyle=True)
    words.globals["_"] = words.globals["gettext"]  # not by way of a look-up for each sentence


def current_language() -> str:
    """Return the language in which this request, or `use_language` block, speaks."""
    locale = get_locale() if has_app_context() else None
    return known(locale.language if locale else None)


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Speak `language` inside the block (mails, SMS, documents)."""
    with force_locale(known(language)):
        yield
