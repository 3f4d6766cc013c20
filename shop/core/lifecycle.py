"""A state machine as one table of moves."""

from collections.abc import Mapping
from enum import StrEnum

from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l

Moves = Mapping[str, tuple[frozenset[StrEnum] | set[StrEnum], StrEnum]]


class Lifecycle:
    """`{action: ({states it may start from}, state it leads to)}`; nothing else changes a state."""

    def __init__(self, moves: Moves) -> None:
        self.moves = moves

    def allows(self, state: StrEnum, action: str) -> bool:
        """Say whether `action` may be taken in `state`."""
        return action in self.moves and state in self.moves[action][0]

    def sources(self, action: str) -> list[StrEnum]:
        """Return the states `action` may start from, for the WHERE of a guarded UPDATE."""
        return sorted(self.moves[action][0])

    def after(self, state: StrEnum, action: str) -> StrEnum:
        """Return the state after `action`; raises Conflict where the table has no such move."""
        if not self.allows(state, action):
            raise Conflict(_l("This was already handled. Open the page again to see how it stands now."))
        return self.moves[action][1]
