"""Members of one cooperative close the same days at the same moment: no day is closed twice."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cooperatives.dispatch.models import ClosedDays
from shop.core.days import today
from shop.core.db import db
from tests.races.starting import every_round, person, together
from tests.server import Market
from tests.visitor import Answer

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
AT_ONCE = 8


@every_round
def test_days_that_overlap_are_closed_once(market: Market, round_: int) -> None:
    with market.app.app_context():
        code = market.cast.cooperative().code
        db.session.remove()
    members = [person(market, "member" if place % 2 else "second_member") for place in range(AT_ONCE)]
    begin = today() + timedelta(days=10 + 15 * round_)

    def close(place: int) -> Answer:
        first = begin + timedelta(days=place % 4)
        return members[place].post(f"/cooperatives/{code}/closed-days", first=first, last=first + timedelta(days=5))

    done = together(close, range(AT_ONCE))

    assert sorted(answer.status for answer in done) == [302] + [422] * (AT_ONCE - 1)
    with market.app.app_context():
        kept = db.session.scalars(select(ClosedDays).where(ClosedDays.first_day >= begin)).all()
        assert len(kept) == 1
        db.session.remove()
    market.assert_sound()
