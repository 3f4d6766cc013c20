"""Many at once with the same code, or guessing: one gets in, and no more guesses are looked at than the limit."""

import pytest

from shop.accounts.factor import codes, services
from shop.accounts.factor.models import SecondFactor
from shop.accounts.models import Throttle, User, UserSession
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import db, writing
from tests.browser import signed_in
from tests.races.starting import every_round, together
from tests.server import Market
from tests.visitor import Visitor, visitor_of

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
SAME_CODE, GUESSES = 8, 50


def asked(market: Market, number: int) -> tuple[str, list[Visitor]]:
    """The stranger with a code app, and as many of her browsers before the question; returns the app's secret too."""
    key, found = market.cast.ids["stranger"], []
    with market.app.app_context(), writing():
        db.session.query(SecondFactor).filter_by(user_id=key).delete()
        db.session.query(Throttle).filter(Throttle.key.like("second-factor%")).delete()
        secret = services.begin(db.session.get_one(User, key))
        values = {"confirmed_at": clock.now(), "last_step": 0}
        db.session.query(SecondFactor).filter_by(user_id=key).update(values)
        for _ in range(number):
            token = signed_in(db.session.get_one(User, key), factor=False)
            row = db.session.query(UserSession).filter_by(token_digest=token_digest(token)).one()
            row.asks_factor = True
            found.append((token, row.form_token))
    return secret, [visitor_of(market.url, "session", one) for one in found]


@every_round
def test_one_code_lets_one_in(market: Market, round_: int) -> None:
    secret, browsers = asked(market, SAME_CODE)
    with market.app.app_context(), writing():  # the limit of tries has its own test
        db.session.query(Throttle).filter(Throttle.key.like("second-factor%")).delete()
    code = codes.present_code(secret)
    done = together(lambda one: one.post("/second-factor", code=code).status, browsers[:5])
    assert sorted(done) == [200] * 4 + [302]
    market.assert_sound()


@every_round
def test_fifty_guesses_are_five(market: Market, round_: int) -> None:
    _secret, browsers = asked(market, GUESSES)
    done = together(lambda one: one.post("/second-factor", code="000000").status, browsers)
    assert sorted(done) == [200] * 5 + [429] * (GUESSES - 5)
    market.assert_sound()


@every_round
def test_fifty_guesses_at_a_password_are_ten(market: Market, round_: int) -> None:
    """From fifty browsers at once, whichever worker answers: ten reach the hash, the rest hear when to come again."""
    with market.app.app_context(), writing():
        db.session.query(Throttle).filter(Throttle.key.like("sign-in-%")).delete()
    guessers = [Visitor(market.url) for _ in range(GUESSES)]
    fields = {"login": "0912000103", "password": "không phải câu này"}
    done = together(lambda one: one.post("/sign-in/password", **fields).status, guessers)
    assert sorted(done) == [200] * 10 + [429] * (GUESSES - 10)
    market.assert_sound()
