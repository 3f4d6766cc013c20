"""Form-encoded parameters as Stripe's libraries send them, and the checks on each."""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from shop.sandbox.stripe_errors import bad

KEY = re.compile(r"([^\[\]]+)((?:\[[^\[\]]*\])*)")
Check = Callable[[Any, str], Any]
Spec = dict[str, Check]


def decode(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Turn `a[b][0]=c` pairs into nested dicts; arrays stay dicts with "0", "1" … as keys.

    Raises ApiError for a name that cannot be read or that is given twice in two shapes.
    """
    tree: dict[str, Any] = {}
    for name, value in pairs:
        found = KEY.fullmatch(name)
        if not found:
            raise bad(f"Invalid parameter name: {name}")
        here = tree
        steps = [found[1], *re.findall(r"\[([^\[\]]*)\]", found[2])]
        for step in steps[:-1]:
            here = here.setdefault(step or str(len(here)), {})
            if not isinstance(here, dict):
                raise bad(f"Invalid parameter: {name}", name)
        last = steps[-1] or str(len(here))
        if last in here:
            raise bad(f"Parameter given twice: {name}", name)
        here[last] = value
    return tree


def checked(spec: Spec, given: Mapping[str, Any], path: str = "") -> dict[str, Any]:
    """Return the parameters with their types, each checked by the function of its name; raises ApiError."""
    unknown = [_below(path, name) for name in given if name not in spec]
    if unknown:
        plural = "s" if len(unknown) > 1 else ""
        raise bad(f"Received unknown parameter{plural}: {', '.join(unknown)}", unknown[0], "parameter_unknown")
    return {name: spec[name](value, _below(path, name)) for name, value in given.items()}


def _below(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def text(most: int = 5000) -> Check:
    """Check a text of 1 to `most` characters."""

    def check(value: Any, path: str) -> str:
        if not isinstance(value, str):
            raise bad(f"Invalid string: {value}", path)
        if not value:
            sentence = (
                f"You passed an empty string for '{path}'. We assume empty values are an attempt to unset a parameter; "
                f"however '{path}' cannot be unset. You should remove '{path}' from your request or supply a "
                "non-empty value."
            )
            raise bad(sentence, path, "parameter_invalid_empty")
        if len(value) > most:
            raise bad(f"Invalid string: {value[:20]}...; must be at most {most} characters", path)
        return value

    return check


def whole(least: int | None = None) -> Check:
    """Check a whole number, at least `least`."""

    def check(value: Any, path: str) -> int:
        plain = text()(value, path)
        if not re.fullmatch(r"-?\d{1,15}", plain):
            raise bad(f"Invalid integer: {plain}", path, "parameter_invalid_integer")
        if least is not None and int(plain) < least:
            more = f"This value must be greater than or equal to {least}."
            raise bad("Invalid positive integer" if least == 1 else more, path, "parameter_invalid_integer")
        return int(plain)

    return check


def choice(*allowed: str) -> Check:
    """Check one of a few words."""

    def check(value: Any, path: str) -> str:
        plain = text()(value, path)
        if plain not in allowed:
            raise bad(f"Invalid {path}: must be one of {', '.join(allowed)}", path)
        return plain

    return check


def flag(value: Any, path: str) -> bool:
    """Check true or false."""
    return choice("true", "false")(value, path) == "true"


def url(value: Any, path: str) -> str:
    """Check an absolute http or https address."""
    plain = text()(value, path)
    parts = urlsplit(plain)
    if parts.scheme not in {"http", "https"} or not parts.hostname or re.search(r"\s", plain):
        raise bad("Not a valid URL", path, "url_invalid")
    return plain


def email(value: Any, path: str) -> str:
    """Check an e-mail address roughly, as Stripe does at this point."""
    plain = text(512)(value, path)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s.]+", plain):
        raise bad(f"Invalid email address: {plain}", path, "email_invalid")
    return plain


def many(one: Check, most: int) -> Check:
    """Check an array of at most `most` things; it comes as a dict of positions."""

    def check(value: Any, path: str) -> list[Any]:
        if not isinstance(value, dict) or not all(position.isdigit() for position in value):
            raise bad("Invalid array", path)
        if len(value) > most:
            raise bad(f"Array {path} exceeded maximum {most} allowed elements.", path)
        ordered = sorted(value.items(), key=lambda item: int(item[0]))
        return [one(item, f"{path}[{position}]") for position, item in ordered]

    return check


def group(spec: Spec) -> Check:
    """Check an object with parameters of its own."""

    def check(value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise bad("Invalid object", path)
        return checked(spec, value, path)

    return check


def metadata(value: Any, path: str) -> dict[str, str]:
    """Check metadata: at most 50 keys of 40 characters with values of 500 (docs.stripe.com/api/metadata)."""
    if not isinstance(value, dict):
        raise bad("Invalid object", path)
    if len(value) > 50:
        raise bad("Metadata can have up to 50 keys", path)
    for name, content in value.items():
        if len(name) > 40:
            raise bad(f"Metadata keys can have up to 40 characters, you passed '{name}'", path)
        if not isinstance(content, str) or len(content) > 500:
            raise bad(f"Metadata values can have up to 500 characters: {_below(path, name)}", _below(path, name))
    return {name: content for name, content in value.items() if content}
