"""Many officers open the same goods at the same moment: one of them has them."""

import pytest
from sqlalchemy import select

from products.queue import services as queue
from products.queue.models import Claim, WaitingRevision
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db, writing
from tests.products.review.sent import sent_goods
from tests.races.starting import every_round, together
from tests.server import Market
from tests.shelves import lay_masters

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
OFFICERS = 20


@every_round
def test_twenty_officers_claim_one_and_one_has_it(market: Market, round_: int) -> None:
    with market.app.app_context():
        with writing():
            goods = sent_goods(market.cast, f"claim race {round_}").id
            people = [User(name=f"Cán bộ {place}", language="vi") for place in range(OFFICERS)]
            db.session.add_all(people)
            db.session.flush()
            keys = [one.id for one in people]
        revision = db.session.scalars(
            select(WaitingRevision.revision_id).where(WaitingRevision.product_id == goods)
        ).one()
        lay_masters(market.app)
        db.session.remove()

    def claim(key: int) -> bool:
        with market.app.app_context(), writing():
            return queue.claim(revision, 1, db.session.get_one(User, key))

    done = together(claim, keys)

    assert sum(done) == 1
    with market.app.app_context():
        held = db.session.scalars(select(Claim).where(Claim.revision_id == revision)).one()
        assert held.officer_id == keys[done.index(True)]
        assert held.expires_at - held.began_at == queue.LEASE
        assert held.expires_at > clock.now()
        db.session.remove()
    market.assert_sound()
