"""Twelve workers want Zalo's key at the same moment: one gives up the refresh token, which is good for one use."""

from dataclasses import replace

import pytest

from shop.config import Settings
from shop.core.db import db
from shop.notices.failures import NotSent, Refused
from shop.notices.renewal import tasks
from shop.notices.renewal.models import ZaloKey
from tests.races.starting import every_round, together
from tests.server import Market

pytestmark = pytest.mark.race


def wanted(market: Market, settings: Settings) -> str:
    """The key, or what stood in the way."""
    with market.app.app_context():
        try:
            return tasks.current(settings).access
        except NotSent as problem:
            return "refused" if isinstance(problem, Refused) else "later"
        finally:
            db.session.remove()


@every_round
def test_one_worker_renews(market: Market, round_: int) -> None:
    settings: Settings = market.app.extensions["settings"]
    with market.app.app_context():
        begun = db.session.get(ZaloKey, 1)
        before = begun.turn if begun else 0
        db.session.remove()
        if begun:
            tasks.distrust(tasks.Key("", before))
    found = together(lambda _place: wanted(market, settings), range(12))
    assert "refused" not in found
    assert len({one for one in found if one != "later"}) == 1
    with market.app.app_context():
        row = db.session.get_one(ZaloKey, 1)
        assert (row.turn, row.claimed_until, row.refused_at) == (before + 1, None, None)
        db.session.remove()
    assert wanted(market, replace(settings)) in found
