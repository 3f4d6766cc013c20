"""A push message that leads nowhere of ours: the phone says its sentence and opens the list, never that address."""

from collections.abc import Callable

import pytest

from tests.journeys.phone import Phone
from tests.journeys.pushed import delivered
from tests.server import Market

pytestmark = pytest.mark.browser


def test_a_push_leads_to_our_own_short_addresses_only(market: Market, phones: Callable[..., Phone]) -> None:
    phone = phones(market, "grower")
    phone.context.grant_permissions(["notifications"], origin=market.url)
    phone.open("/sign-in")
    shown = delivered(phone, market, {"group": "orders", "code": "7K2M9QXA"}, {"group": "money", "code": "../evil"})
    assert sorted(shown) == [["Có tin về tiền hoặc an toàn.", "/notices"], ["Có tin về đơn hàng.", "/n/7K2M9QXA"]]
