"""What every page knows: the market, the language, its own address."""

from collections import ChainMap
from collections.abc import MutableMapping
from typing import Any

from flask import Flask, current_app, flash, g, get_flashed_messages, request
from flask.templating import Environment

from shop.core import languages

SCHEMES = {"ok", "info", "warn", "bad"}


def init_app(app: Flask) -> None:
    """Give the templates their common values."""
    app.context_processor(_values)
    app.jinja_env.globals["get_flashed_messages"] = _flashed
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


class Globals(ChainMap[str, Any]):
    """The names every template knows; each import of macros compares all of them, so they are counted out at once."""

    def keys(self) -> Any:
        """Return all names, as a set."""
        return set().union(*self.maps)


class Templates(Environment):
    """The templates, of which a page may import macros from a dozen."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what one template knows beside what all know."""
        return Globals({} if d is None else d, self.globals)


def say(sentence: Any, kind: str = "ok") -> None:
    """Show a sentence on the next page that is drawn, this one too: kind is ok, info, warn or bad."""
    flash(str(sentence), kind)
    g._flashes_made = True


def cacheable(seconds: int = 60) -> None:
    """Mark this answer as the same for everybody, so that it may be stored and shared."""
    g.cacheable = True
    g.cache_seconds = seconds


def _flashed(*args: Any, **kwargs: Any) -> list[Any]:
    """Read the messages only where the browser brings some: else no cookie is touched."""
    if current_app.config["SESSION_COOKIE_NAME"] not in request.cookies and not g.get("_flashes_made"):
        return []
    return list(get_flashed_messages(*args, **kwargs))


def _values() -> dict[str, Any]:
    settings = current_app.extensions["settings"]
    public = request.endpoint is not None and languages.is_prefixed(request.endpoint)
    return {
        "market": {
            "name": settings.market_name,
            "hotline": settings.hotline,
            "zalo": settings.zalo,
            "operator": settings.operator,
            "logo": settings.logo,
        },
        "lang": g.get("language", "vi"),
        "canonical_url": f"{settings.origin.rstrip('/')}{request.path}" if public else None,
        "alternates": languages.alternates() if public else [],
        "sandbox_bar": bool(settings.sandbox_url),
        "sandbox_url": settings.sandbox_url,
    }
