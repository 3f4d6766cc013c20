"""One step between two commits: asked of the provider, then kept, put off or given up."""

from collections.abc import Callable
from typing import Any, Protocol

from shop.core.db import writing
from shop.payments.methods.base import NoAnswer, Refused


class Steps(Protocol):
    """The services of a room whose rows are such steps; `key` is the id of one."""

    def keep(self, key: int, said: Any, /) -> bool:
        """Keep what the provider made of it; True when that was news."""

    def try_later(self, key: int, problem: str, /, *, another_key: bool) -> None:
        """Keep that the provider did not answer; `another_key` where it would only repeat its answer."""

    def give_up(self, key: int, problem: str, /) -> None:
        """Keep that the provider refused it."""


def carry_out(steps: Steps, ask: Callable[[int], Any], key: int) -> bool:
    """Ask for a claimed step, outside any transaction, and keep the answer; True when it is done."""
    try:
        said = ask(key)
    except NoAnswer as problem:
        with writing():
            steps.try_later(key, str(problem), another_key=problem.kept)
        return False
    except Refused as problem:
        with writing():
            steps.give_up(key, str(problem))
        return False
    with writing():
        return steps.keep(key, said)
