"""Two workers count the same pages: their sums add up, and no page waits for them."""

import pytest
from sqlalchemy import func, select

from products.counts.models import ProductCount
from shop.core.db import db
from tests.races.starting import every_round, fresh_goods, together
from tests.server import Market, until
from tests.visitor import Visitor

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
LOOKS = 40
PHONE = "Mozilla/5.0 (Linux; Android 8.1.0; SM-J260G) AppleWebKit/537.36 Chrome/106.0 Mobile Safari/537.36"


@every_round
def test_the_sums_of_two_workers_add_up(market: Market, round_: int) -> None:
    goods = fresh_goods(market)

    answers = together(lambda _place: Visitor(market.url).get(goods.path, **{"User-Agent": PHONE}), range(LOOKS))

    assert {answer.status for answer in answers} == {200}
    kept = select(func.coalesce(func.sum(ProductCount.seen), 0)).where(ProductCount.product_id == goods.id)

    def all_of_them() -> bool:
        with market.app.app_context():
            found = db.session.scalar(kept) == LOOKS
            db.session.remove()
            return found

    assert until(all_of_them, f"{LOOKS} pages seen")
    market.assert_sound()
