"""The people of the table of doors, what a row of it says, and how a door is tried."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from flask import Flask, url_for

from tests.architecture import things
from tests.architecture.things import Address
from tests.browser import Browser
from tests.cast import Cast

PEOPLE = (
    *("visitor", "buyer", "helper", "admin"),  # nobody's seller, nobody's officer
    *("stranger", "officer_elsewhere"),  # the right role, but not for this thing
    *("officer", "second_member", "member"),  # the officer of the commune, a plain member, the manager
)
ALL = frozenset(PEOPLE)
PERSON = ALL - {"visitor"}
OURS = frozenset({"second_member", "member"})
MANAGER = frozenset({"member"})
SELLERS = OURS | {"stranger"}
OFFICER = frozenset({"officer"})
OFFICERS = OFFICER | {"officer_elsewhere"}
ADMIN = frozenset({"admin"})
HELPER = frozenset({"helper"})
PROVIDER = frozenset({"whoever signs the body"})
REFUSED = {401, 403, 404}


class Door(NamedTuple):
    """Who may open it, for which thing, and what a full form sends."""

    who: frozenset[str]
    thing: Callable[[Cast, Any], Address] = things.nothing
    fields: dict[str, str] = {}
    script: bool = False  # only our own script calls it, with X-Draft-Key instead of a form token


def endpoints(app: Flask) -> set[str]:
    return {rule.endpoint for rule in app.url_map.iter_rules()}


def methods(app: Flask, endpoint: str) -> Iterator[str]:
    found = {name for rule in app.url_map.iter_rules(endpoint) for name in rule.methods or ()}
    return iter(sorted(found - {"HEAD", "OPTIONS"}))


def asked(browser: Browser, method: str, path: str, door: Door) -> Any:
    if not door.script:
        return browser.get(path) if method == "GET" else browser.post(path, **door.fields)
    headers = {"X-Draft-Key": path.split("/")[3] if "drafts" in path else "-", "Tus-Resumable": "1.0.0"}
    headers |= {"Origin": browser.origin, "X-HTTP-Method-Override": "HEAD"}
    return browser.client.open(path, method=method, base_url=browser.origin, headers=headers, json={})


def as_somebody(browser: Browser, cast: Cast, who: str) -> Browser:
    """A fresh browser in the hand of one of PEOPLE."""
    fresh = Browser(browser.app)
    if who != "visitor":
        fresh.sign_in(cast.user(who))
    return fresh


def path_of(browser: Browser, endpoint: str, address: Address) -> str:
    with browser.app.test_request_context(base_url=browser.origin):
        rules = browser.app.url_map.iter_rules(endpoint)
        wanted = {name for rule in rules for name in rule.arguments if name != "lang"}
        return url_for(endpoint, **{name: value for name, value in address.items() if name in wanted})
