"""Revoked is revoked: from the very next request on, whichever worker answers it."""

import pytest

from shop.accounts import sessions
from shop.accounts.models import RoleGrant, User
from shop.core import clock
from shop.core.db import db, writing
from tests.races.starting import ROUNDS, person, together
from tests.server import Market

pytestmark = [pytest.mark.race, pytest.mark.timeout(300)]
TIMES = 100 if ROUNDS > 1 else 10
AT_ONCE = 6  # requests after the revocation, enough for both workers


def refused(browser, path: str = "/account") -> bool:
    """No request gets in; several at once, so that both workers are asked."""
    answers = together(lambda _place: browser.get(path), range(AT_ONCE))
    return {(one.status, one.location.partition("?")[0]) for one in answers} <= {
        (302, "/sign-in"),
        (403, ""),
        (404, ""),
    }


@pytest.mark.parametrize("how", ["signed out", "disabled", "role lost", "ended elsewhere"])
def test_the_next_request_is_refused(market: Market, how: str) -> None:
    done = 0
    for _ in range(TIMES):
        who = "officer_elsewhere" if how == "role lost" else "buyer"
        browser, path = person(market, who), "/review/cooperatives" if how == "role lost" else "/account"
        assert browser.get(path).status == 200
        _revoke(market, how, browser)
        done += refused(browser, path)
        _restore(market)
    assert done == TIMES


def _revoke(market: Market, how: str, browser) -> None:
    if how == "signed out":
        assert browser.__class__(market.url, dict(browser.cookies), browser.token).post("/sign-out").status == 302
        return
    with market.app.app_context(), writing():
        key = market.cast.ids["buyer"]
        if how == "disabled":
            db.session.get_one(User, key).disabled_at = clock.now()
        elif how == "ended elsewhere":
            sessions.end(key)
        else:
            grants = db.session.query(RoleGrant).filter_by(user_id=market.cast.ids["officer_elsewhere"])
            grants.update({"valid_to": clock.now()})


def _restore(market: Market) -> None:
    with market.app.app_context(), writing():
        db.session.get_one(User, market.cast.ids["buyer"]).disabled_at = None
        grants = db.session.query(RoleGrant).filter_by(user_id=market.cast.ids["officer_elsewhere"])
        grants.update({"valid_to": None})
