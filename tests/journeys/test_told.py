"""Told on the phone: where a message may lead, and when a buyer is asked."""

from collections.abc import Callable

import pytest

from shop.core.db import db, writing
from tests.journeys.phone import Phone
from tests.journeys.pushed import delivered
from tests.journeys.test_shared_phone import become
from tests.server import Market
from tests.shop.orders.buying import ordered

pytestmark = pytest.mark.browser


@pytest.mark.push
def test_a_push_leads_to_our_own_short_addresses_only(market: Market, phones: Callable[..., Phone]) -> None:
    phone = phones(market, "grower")
    phone.context.grant_permissions(["notifications"], origin=market.url)
    phone.open("/sign-in")
    shown = delivered(phone, market, {"group": "orders", "code": "7K2M9QXA"}, {"group": "money", "code": "../evil"})
    assert sorted(shown) == [["Có tin về tiền hoặc an toàn.", "/notices"], ["Có tin về đơn hàng.", "/n/7K2M9QXA"]]


@pytest.mark.push
def test_a_buyer_is_asked_after_the_order_and_puts_it_away(market: Market, phones: Callable[..., Phone]) -> None:
    with market.app.app_context():
        made = ordered(market.cast, honey=1)
        with writing():
            db.session.merge(made).buyer_id = market.cast.ids["buyer"]
        page = f"/purchases/{db.session.merge(made).token}"
        db.session.remove()
    phone = phones(market, "buyer")
    become(phone, "buyer")
    phone.context.grant_permissions(["notifications"], origin=market.url)
    phone.open("/")
    assert phone.page.locator("[data-behaviour='phone/push']").count() == 0
    phone.open(page)
    phone.reads("Shall this phone tell you about your parcel?")
    phone.picture("asked-after-order")
    phone.press("Not now")
    card = phone.page.locator("[data-behaviour='phone/push']")
    card.wait_for(state="hidden")
    phone.open(page)
    phone.page.wait_for_function("document.readyState === 'complete'")
    phone.page.wait_for_timeout(500)
    assert card.is_hidden()
