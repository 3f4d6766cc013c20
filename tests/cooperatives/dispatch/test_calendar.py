"""The day on which an order leaves, from the rules alone: by examples, then for every calendar there is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperatives.dispatch.calendar import EVERY_DAY, Calendar, Closure, Rules, first_dispatch
from shop.core.days import day_of, end_of, read_day

MONDAY = date(2027, 2, 8)
TET = Closure(date(2027, 2, 10), date(2027, 2, 16), "Tết")


def at(day, hour, minute=0):
    """A moment by the clocks of Việt Nam, seven hours before UTC's."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=7)


@pytest.mark.parametrize(
    ("rules", "day", "hour", "sent"),
    [
        (Rules(EVERY_DAY, 16, 0), MONDAY, 15, date(2027, 2, 8)),  # before four: today
        (Rules(EVERY_DAY, 16, 0), MONDAY, 16, date(2027, 2, 9)),  # at four it is tomorrow's
        (Rules(EVERY_DAY, 24, 0), MONDAY, 23, date(2027, 2, 8)),
        (Rules(), MONDAY, 9, date(2027, 2, 9)),  # a day to prepare
        (Rules(), date(2027, 2, 5), 18, date(2027, 2, 8)),  # Friday evening: Saturday prepares, Sunday rests
        (Rules(0b0010000, 12, 0), MONDAY, 9, date(2027, 2, 12)),  # the bus goes on Fridays
        (Rules(0b0010000, 12, 5), MONDAY, 9, date(2027, 2, 19)),
        (Rules(EVERY_DAY, 6, 0), date(2027, 12, 31), 8, date(2028, 1, 1)),
    ],
)
def test_without_closed_days(rules, day, hour, sent):
    assert first_dispatch(at(day, hour), rules, []) == sent


@pytest.mark.parametrize(
    ("rules", "day", "sent"),
    [
        (Rules(EVERY_DAY, 16, 0), date(2027, 2, 12), date(2027, 2, 17)),
        (Rules(EVERY_DAY, 16, 1), date(2027, 2, 12), date(2027, 2, 18)),  # nobody packs while closed
        (Rules(EVERY_DAY, 16, 1), date(2027, 2, 9), date(2027, 2, 17)),  # packed on the ninth, sent after the feast
        (Rules(EVERY_DAY, 16, 0), date(2027, 2, 16), date(2027, 2, 17)),
        (Rules(EVERY_DAY, 16, 0), date(2027, 2, 9), date(2027, 2, 9)),
    ],
)
def test_closed_days_are_left_out(rules, day, sent):
    assert first_dispatch(at(day, 9), rules, [TET]) == sent


def test_closed_days_that_touch_are_one_pause():
    calendar = Calendar(Rules(EVERY_DAY, 24, 0), (TET, Closure(date(2027, 2, 17), date(2027, 2, 20))))
    now = at(date(2027, 2, 11), 9)
    assert calendar.leaves(now) == date(2027, 2, 21)
    assert calendar.wait(now) == 10
    assert calendar.pause(now).last == date(2027, 2, 20)
    assert calendar.pause(at(date(2027, 2, 9), 9)) is None, "what leaves before the feast need not hear of it"


def test_rules_without_a_day_never_hang():
    with pytest.raises(ValueError, match="sending day"):
        first_dispatch(at(MONDAY, 9), Rules(128, 16, 0), [])


closures = st.lists(
    st.tuples(st.integers(0, 200), st.integers(0, 60)).map(
        lambda span: Closure(MONDAY + timedelta(days=span[0]), MONDAY + timedelta(days=sum(span)))
    ),
    max_size=6,
)
rules = st.builds(Rules, st.integers(1, 127), st.integers(1, 24), st.integers(0, 5))
moments = st.integers(0, 212 * 24 * 60).map(
    lambda minutes: datetime(2027, 2, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(moment=moments, rules=rules, closures=closures)
def test_never_on_a_closed_or_idle_day_and_never_before_the_order(moment, rules, closures):
    day = first_dispatch(moment, rules, closures)
    assert rules.sends_on(day)
    assert not any(closure.holds(day) for closure in closures)
    assert day >= day_of(moment) + timedelta(days=rules.prepare)
    assert (day - day_of(moment)).days <= 7 + rules.prepare + 1 + sum((c.last - c.first).days + 8 for c in closures)


@given(moment=moments, later=st.timedeltas(timedelta(0), timedelta(days=40)), rules=rules, closures=closures)
def test_who_orders_later_is_not_served_earlier(moment, later, rules, closures):
    assert first_dispatch(moment, rules, closures) <= first_dispatch(moment + later, rules, closures)


@given(moment=moments, rules=rules, closures=closures)
def test_a_day_less_closed_never_makes_it_later(moment, rules, closures):
    assert first_dispatch(moment, rules, closures[1:]) <= first_dispatch(moment, rules, closures)


def test_days_are_those_of_viet_nam():
    assert day_of(datetime(2027, 1, 31, 17, 0, tzinfo=UTC)) == date(2027, 2, 1)
    assert end_of(date(2027, 2, 1)) == datetime(2027, 2, 1, 16, 59, 59, tzinfo=UTC)
    with pytest.raises(ValueError, match="naive"):
        day_of(datetime(2027, 1, 31))  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize("typed", ["2027-02-16", "16/2/2027", "16.02.2027", " 16/02/2027 "])
def test_a_day_may_be_typed(typed):
    assert read_day(typed) == date(2027, 2, 16)


@pytest.mark.parametrize("typed", ["", "16/2", "30/2/2027", "2027/2/16", "mai", "16/2/27000", "１６/2/2027"])
def test_what_is_no_day_is_refused(typed):
    with pytest.raises(ValueError):  # noqa: PT011 - from either reader
        read_day(typed)
