"""Quiet hours cross midnight, end in the morning, and may be none."""

from datetime import UTC, datetime

import pytest

from shop.notices.preferences.models import NoticePreference
from shop.notices.preferences.quiet import due


@pytest.mark.parametrize(
    ("now", "hours", "leaves"),
    [  # moments in UTC; Việt Nam is seven hours ahead
        ("2026-12-01 13:59", (21, 6), "2026-12-01 13:59"),
        ("2026-12-01 14:00", (21, 6), "2026-12-01 23:00"),
        ("2026-12-01 20:15", (21, 6), "2026-12-01 23:00"),
        ("2026-12-01 22:59", (21, 6), "2026-12-01 23:00"),
        ("2026-12-01 23:00", (21, 6), "2026-12-01 23:00"),
        ("2026-12-01 05:30", (12, 14), "2026-12-01 07:00"),
        ("2026-12-01 07:00", (12, 14), "2026-12-01 07:00"),
        ("2026-12-01 18:00", (5, 5), "2026-12-01 18:00"),
        ("2026-12-01 18:00", (0, 23), "2026-12-02 16:00"),
    ],
)
def test_when_it_leaves(now, hours, leaves) -> None:
    chosen = NoticePreference(quiet_from=hours[0], quiet_to=hours[1])
    moments = [datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC) for text in (now, leaves)]
    assert due(moments[0], chosen) == moments[1]
