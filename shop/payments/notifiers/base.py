"""What a bank's notifier must be able to prove, and the plain facts it tells."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from flask_babel import LazyString

from shop.payments.transfers.services import Came


class NotProven(Exception):
    """What claims to come from the notifier does not carry its signature, or an old one."""


class NotRead(Exception):
    """The notifier proved itself, but what it tells has not the shape it documents."""


class Told(NamedTuple):
    """One booking on an account; `came` is None where nothing came in: money that went out, or a test."""

    account: str
    came: Came | None


class Notifier(Protocol):
    """A service that watches an account; registered in NOTIFIERS."""

    name: str

    @property
    def steps(self) -> Sequence[LazyString]:
        """What to press there, and when to come back here, one sentence each."""

    def proven(self, body: bytes, headers: Mapping[str, str], secret: str) -> Any:
        """Return the parsed body, whose signature `secret` proves; `headers` by Title-Case. Raises NotProven."""

    def read(self, said: Any) -> Told:
        """Return what a proven body tells; raises NotRead."""
