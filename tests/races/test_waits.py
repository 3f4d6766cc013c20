"""Many sweeps find the same goods in again at the same moment: each who waits is told once."""

import pytest

from products.models import Product, Sku
from products.waiting import services
from products.waiting.models import StockWait
from products.waiting.tasks import tell_back
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail
from tests.races.starting import every_round, fresh_goods, together
from tests.server import Market

pytestmark = [pytest.mark.race, pytest.mark.timeout(120)]
PEOPLE, SWEEPS = 30, 6


@every_round
def test_each_who_waits_is_told_once(market: Market, round_: int, record_property) -> None:
    goods = fresh_goods(market)
    with market.app.app_context():
        sku = db.session.query(Sku).filter_by(code=goods.sku).one()
        key, sku_id = sku.product_id, sku.id
        with writing():
            db.session.get_one(Sku, sku_id).held = 10
        with writing():
            for number in range(PEOPLE):
                services.ask_by_mail(db.session.get_one(Product, key), f"w{round_}-{number}@example.com", "vi")
        with writing():
            for wait in db.session.query(StockWait).filter_by(product_id=key):
                services.confirm(wait)
        codes = {wait.code for wait in db.session.query(StockWait).filter_by(product_id=key)}
        db.session.remove()

    def sweep(number: int) -> int:
        with market.app.app_context():
            if number == 0:  # the stock comes in while the others look
                with writing():
                    db.session.get_one(Sku, sku_id).held = 0
                return 0
            told = sum(tell_back() for _ in range(4))
            db.session.remove()
            return told

    told = sum(together(sweep, range(SWEEPS + 1)))
    with market.app.app_context():
        told += tell_back()
        mails = [one.event for one in db.session.query(OutgoingMail).filter(OutgoingMail.event.like("stock_back:%"))]
        mine = sorted(event for event in mails if event.partition(":")[2] in codes)
        assert mine == sorted(f"stock_back:{code}" for code in codes)
        assert told == PEOPLE
    record_property("figure", f"{PEOPLE} who wait, {SWEEPS} sweeps at once: each told once")
    market.assert_sound()
