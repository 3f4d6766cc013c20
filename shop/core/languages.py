"""One address per page and language: Vietnamese at /…, the others at /en/… and /hi/…."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Flask, current_app, g, request, url_for
from werkzeug.routing import BaseConverter, ValidationError

from shop.core.i18n import LANGUAGE_NAMES, LANGUAGES, known

PREFIXED = LANGUAGES[1:]
COOKIE = "lang"


class LanguageConverter(BaseConverter):
    """The first part of an address in English or Hindi."""

    regex = "|".join(PREFIXED)
    part_isolating = True

    def to_url(self, value: Any) -> str:
        """Refuse Vietnamese: its pages carry no prefix."""
        if value not in PREFIXED:
            raise ValidationError
        return str(value)


def init_app(app: Flask) -> None:
    """Teach the app the language part of addresses."""
    app.url_map.converters["language"] = LanguageConverter
    app.url_map.redirect_defaults = False
    app.extensions["prefixed_blueprints"] = set()
    app.url_defaults(_add_language)
    app.url_value_preprocessor(_take_language)
    app.jinja_env.globals["language_links"] = language_links
    app.jinja_env.globals["alternates"] = alternates


def register_public(app: Flask, blueprint: Blueprint) -> None:
    """Register a blueprint of public pages once, with a second rule for the other languages."""
    app.extensions["prefixed_blueprints"].add(blueprint.name)
    app.register_blueprint(blueprint, url_defaults={"lang": "vi"})
    for rule in list(app.url_map.iter_rules()):
        if rule.endpoint.startswith(f"{blueprint.name}."):
            methods = (rule.methods or set()) - {"HEAD", "OPTIONS"}
            app.add_url_rule(f"/<language:lang>{rule.rule}", rule.endpoint, methods=methods)


def is_prefixed(endpoint: str | None) -> bool:
    """Say whether this endpoint's address carries the language."""
    return bool(endpoint) and str(endpoint).split(".")[0] in current_app.extensions["prefixed_blueprints"]


def _add_language(endpoint: str, values: dict[str, Any]) -> None:
    if is_prefixed(endpoint):
        values.setdefault("lang", g.get("language", "vi"))


def _take_language(endpoint: str | None, values: dict[str, Any] | None) -> None:
    if values is not None and is_prefixed(endpoint):
        g.language = known(values.pop("lang", "vi"))
    else:
        first = request.path.split("/")[1]
        g.language = first if endpoint is None and first in PREFIXED else known(request.cookies.get(COOKIE))


def _here(language: str) -> str:
    address = _path(language)
    query = [(key, value) for key, value in request.args.items(multi=True) if key != "lang"]
    return f"{address}?{urlencode(query)}" if query else address


def _path(language: str) -> str:
    return url_for(str(request.endpoint), lang=language, **(request.view_args or {}))


def language_links() -> list[tuple[str, str, str, bool]]:
    """Return (code, name, address, is this one) for the links in the footer; the page is kept."""
    links = []
    for code in LANGUAGES:
        if request.endpoint and is_prefixed(request.endpoint):
            address = _here(code)
        else:
            back = request.full_path.rstrip("?") if request.method == "GET" else "/"
            address = url_for("accounts.language", code=code, next=back)
        links.append((code, LANGUAGE_NAMES[code], address, code == g.get("language", "vi")))
    return links


def alternates() -> list[tuple[str, str]]:
    """Return (hreflang, absolute address) of this public page in every language; empty on other pages."""
    if not (request.endpoint and is_prefixed(request.endpoint)):
        return []
    # The configured origin, never the Host header: these pages are stored and shared.
    origin = current_app.extensions["settings"].origin.rstrip("/")
    return [(code, f"{origin}{_path(code)}") for code in LANGUAGES]
