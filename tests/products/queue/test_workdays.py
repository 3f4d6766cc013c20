"""How long officers take is counted in the days on which they work."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from products.queue.workdays import TARGET, late_before, waited

A_DAY = timedelta(days=1)
moments = st.integers(0, 730 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def here(text):
    """A moment by the clocks of Việt Nam."""
    return datetime.fromisoformat(f"{text}+07:00")


@pytest.mark.parametrize(
    ("sent", "now", "days"),
    [
        ("2026-11-30T08:00", "2026-11-30T17:00", 0),
        ("2026-11-30T08:00", "2026-12-01T08:00", 1),
        ("2026-11-27T16:00", "2026-11-30T15:59", 0),  # over a weekend
        ("2026-11-27T16:00", "2026-11-30T16:00", 1),
        ("2026-11-28T10:00", "2026-12-01T00:00", 1),  # sent on a Saturday
        ("2026-02-13T10:00", "2026-02-23T10:00", 1),  # over the lunar new year
        ("2026-08-31T10:00", "2026-09-04T10:00", 2),  # over National Day
        ("2026-12-01T08:00", "2026-11-30T08:00", 0),
    ],
)
def test_days_off_do_not_count(sent, now, days):
    assert waited(here(sent), here(now)) == days


@pytest.mark.parametrize(
    ("now", "before"),
    [
        ("2026-12-03T09:30", "2026-12-01T09:30"),
        ("2026-11-30T09:30", "2026-11-26T09:30"),  # Monday: Friday and Thursday
        ("2026-11-29T12:00", "2026-11-26T00:00"),  # on a Sunday as late as Friday's last minute
    ],
)
def test_what_was_sent_before_is_late(now, before):
    assert late_before(here(now)) == here(before)


@given(moments, st.timedeltas(timedelta(), timedelta(days=40)))
def test_both_ways_of_counting_agree(now, ago):
    sent = now - ago
    assert (waited(sent, now) >= TARGET) or sent >= late_before(now) - timedelta(microseconds=1)
    if sent < late_before(now):
        assert waited(sent, now) >= TARGET
