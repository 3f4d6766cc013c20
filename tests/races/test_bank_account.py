"""Approving, stopping and proposing a bank account at once: one outcome, and the old account serves until it."""

import pytest
from sqlalchemy import delete

from cooperatives.bank import services
from cooperatives.models import BankAccount
from cooperatives.queries import bank_account
from shop.core.db import db, writing
from tests.races.starting import every_round, person, together
from tests.server import Market

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
NUMBERS = ("1111111111", "2222222222")


@every_round
def test_proposed_stopped_and_approved_at_once(market: Market, round_: int) -> None:
    with market.app.app_context():
        with writing():
            db.session.execute(delete(BankAccount).where(BankAccount.cooperative_id == market.cast.ids["cooperative"]))
        for number in NUMBERS:
            with writing():
                member = market.cast.user("member")
                code = services.propose(market.cast.cooperative(), "970405", number, "HTX", member).code
        seller = market.cast.cooperative().code
    review, own = f"/review/cooperatives/{seller}/bank-account", f"/cooperatives/{seller}/bank-account"
    people = [person(market, "officer") if place % 2 else person(market, "member") for place in range(8)]

    def act(place: int) -> int:
        if place % 2:
            return people[place].post(review, verdict="approve", account=code).status
        if place == 0:
            return people[0].post(own, bank_bin="970405", number="3333333333", holder="HTX").status
        return people[place].post(f"{own}/{code}/stop").status

    done = together(act, range(8))

    assert set(done) <= {302, 409}, done
    with market.app.app_context():
        rows = db.session.query(BankAccount).filter_by(cooperative_id=market.cast.ids["cooperative"]).all()
        assert [row.number for row in rows if row.in_force_at] == [NUMBERS[0]]
        assert sum(row.stopped_at is None and row.in_force_at is None for row in rows) <= 1
        account = bank_account(market.cast.cooperative())
        assert account
        assert account.number == NUMBERS[0]
        db.session.remove()
    market.assert_sound()
