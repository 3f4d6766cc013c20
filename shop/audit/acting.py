"""For whom somebody acts in this request: said once at the door, kept beside every change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from flask import g, has_app_context


class Acting(NamedTuple):
    """A person who acts for another: ids of both, of the cooperative and the consent, and the consent's code."""

    actor_id: int
    on_behalf_of_id: int
    cooperative_id: int
    consent_id: int
    consent: str


class Help(NamedTuple):
    """What a helper's session says: for which seller, by which consent (its code), and what that opens here.

    `stands`: the consent counts now; `opens`: this page belongs to what was agreed; `shut`: it is the seller's, and
    this consent does not open it. `rooms` are all that the consent opens, by blueprint, while it stands.
    """

    seller: str
    consent: str
    stands: bool
    opens: bool
    shut: bool
    rooms: frozenset[str]
    acting: Acting


def begin(acting: Acting) -> None:
    """Let the rest of this request be done on behalf of somebody."""
    g.acting = acting


@contextmanager
def during(acting: Acting) -> Iterator[None]:
    """Do one thing on behalf of somebody: what came before and comes after is not."""
    before = g.get("acting")
    g.acting = acting
    try:
        yield
    finally:
        g.acting = before


def of(user_id: int | None) -> Acting | None:
    """Return for whom this person acts in this request, or None; sweeps and commands act for nobody."""
    acting: Any = g.get("acting") if has_app_context() else None
    return acting if isinstance(acting, Acting) and acting.actor_id == user_id else None
