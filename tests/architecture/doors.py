"""A door of the market and the people who may stand before it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from tests.architecture import things
from tests.architecture.things import Address
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
