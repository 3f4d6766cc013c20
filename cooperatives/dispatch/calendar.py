"""The day on which an order leaves, from rules and closed days alone: no clock, no database."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shop.core.days import day_of, local

MONDAY_TO_SATURDAY = 0b0111111
EVERY_DAY = 0b1111111
MIDNIGHT = 24  # as a cut-off: whatever is ordered on a day counts for it
MOST_PREPARING = 5  # days
FAR = 366  # days ahead: who plans further has mistyped the year
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """`days`: bit 0 is Monday; `cutoff`: the local hour before which an order counts for its day; `prepare`: days.

    Who has said nothing sends from Monday to Saturday, on the day after an order that came before four.
    """

    days: int = MONDAY_TO_SATURDAY
    cutoff: int = 16
    prepare: int = 1

    def sends_on(self, day: date) -> bool:
        """Say whether parcels leave on this day of the week."""
        return bool(self.days >> day.weekday() & 1)


@dataclass(frozen=True)
class Closure:
    """Days on which nobody works, both ends within; the note is the seller's own, in Vietnamese."""

    first: date
    last: date
    note: str = ""

    def holds(self, day: date) -> bool:
        """Say whether this day is one of them."""
        return self.first <= day <= self.last


def first_dispatch(moment: datetime, rules: Rules, closures: Iterable[Closure]) -> date:
    """Return the local day on which an order of this moment leaves: a sending day, and never a closed one.

    The day of the order counts where it came before the cut-off. Then the days to prepare pass, of which
    closed ones are none, and the first open sending day is it. Raises ValueError for rules without any day.
    """
    if not rules.days & EVERY_DAY:
        raise ValueError("a calendar without a sending day")
    closed, day, left = list(closures), day_of(moment), rules.prepare
    if local(moment).hour >= rules.cutoff:
        day += _A_DAY
    while True:
        shut = next((closure for closure in closed if closure.holds(day)), None)
        if shut is not None:
            day = shut.last + _A_DAY
            continue
        if left == 0 and rules.sends_on(day):
            return day
        left = max(0, left - 1)
        day += _A_DAY


@dataclass(frozen=True)
class Calendar:
    """The rules and the coming closed days of one cooperative."""

    rules: Rules = Rules()
    closures: tuple[Closure, ...] = ()

    def leaves(self, moment: datetime) -> date:
        """Return the day on which an order of this moment is sent."""
        return first_dispatch(moment, self.rules, self.closures)

    def wait(self, moment: datetime) -> int:
        """Return how many days after an order of this moment it is sent."""
        return (self.leaves(moment) - day_of(moment)).days

    def pause(self, moment: datetime) -> Closure | None:
        """Return the closed days that keep an order of this moment waiting, the last of them, or None."""
        begins, ends = day_of(moment), self.leaves(moment)
        between = [one for one in self.closures if one.last >= begins and one.first <= ends]
        return max(between, key=lambda one: one.last) if between else None
