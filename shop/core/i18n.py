"""The three languages: which one speaks now, and gettext."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask, g, has_app_context, has_request_context
from flask_babel import Babel, force_locale, get_locale, gettext, lazy_gettext, ngettext

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


def known(language: str | None) -> str:
    """Return `language` when it is one of ours, else Vietnamese."""
    return language if language in LANGUAGES else "vi"


def _selected() -> str:
    return known(g.get("language")) if has_request_context() else "vi"


def init_app(app: Flask) -> None:
    """Give the app its catalogues; the door sets `g.language` for each request."""
    app.config.setdefault("BABEL_TRANSLATION_DIRECTORIES", str(app.config["CATALOGUES"]))
    Babel(app, default_locale="vi", default_timezone=TIMEZONE, locale_selector=_selected)


def current_language() -> str:
    """Return the language in which this request, or `use_language` block, speaks."""
    locale = get_locale() if has_app_context() else None
    return known(locale.language if locale else None)


@contextmanager
def use_language(language: str) -> Iterator[None]:
    """Speak `language` inside the block (mails, SMS, documents)."""
    with force_locale(known(language)):
        yield
