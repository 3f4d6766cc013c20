"""Another province opens by settings and data alone, and its first goods find their way to a buyer."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from cooperatives.models import Cooperative
from products.search.services import refresh
from shop.accounts.models import OfficerCommune
from shop.core.db import db, writing
from shop.places.models import Commune
from tests.cast import Cast
from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.server import Market, running_market
from tests.shelves import with_cast

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
CAO_BANG = "04"
NAME = "Chợ Cao Bằng"


def moved_house(app: Flask) -> tuple[Cast, dict[str, Any]]:
    """The cast, living in three communes of Cao Bằng."""
    cast, facts = with_cast(app)
    with app.app_context():
        chosen = select(Commune).where(Commune.province_code == CAO_BANG).order_by(Commune.code).limit(3)
        communes = [(one.code, one.name) for one in db.session.scalars(chosen)]
        homes = {code: communes[place][0] for place, code in enumerate(("03390", "03394", "03595"))}
        with writing():
            for before, after in homes.items():
                for table in (Cooperative, OfficerCommune):
                    db.session.execute(update(table).where(table.commune_code == before).values(commune_code=after))
            refresh(cast.ids[name] for name in ("tea", "honey"))
    return cast, facts | {"commune": communes[0][1]}


@pytest.fixture(scope="module")
def market(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Market]:
    folder = tmp_path_factory.mktemp("cao-bang")
    settings = {"HOME_PROVINCE": CAO_BANG, "CODE_PREFIX": "CB", "MARKET_NAME": NAME, "OPERATOR": "Sở NN-MT Cao Bằng"}
    with running_market(folder, moved_house, **settings) as started:
        yield started


def test_another_province_by_settings_and_data(market: Market, phones: Callable[..., Phone]) -> None:
    name = "Miến dong Phia Đén"
    member = phones(market, "cb-member")
    steps.sign_in(member, "member")
    member.open("/cooperatives/new/who")
    member.choose(member.words("Household"))
    member.fill("Name buyers will see", "Hộ thử")
    member.press("Go on")
    member.page.wait_for_url("**/cooperatives/new/place")
    member.picture("new-place")
    offered = member.page.locator("select option").all_inner_texts()
    assert any(market.facts["commune"] in one for one in offered)
    assert not any("Bình Lư" in one for one in offered)
    steps.list_goods(member, name, steps.from_the_camera()[1:2])

    officer = phones(market, "cb-officer")
    steps.sign_in(officer, "officer")
    steps.approve(officer, name)

    buyer = phones(market, "cb-buyer")
    steps.find(buyer, "mien dong phia den", name)
    assert NAME in buyer.page.title()
    assert market.facts["commune"] in buyer.text
    assert "Lai Châu" not in buyer.page.locator("body").inner_text()
    steps.put_into_cart(buyer)
    steps.check_out(buyer, "cash_on_delivery")
    (code,) = steps.codes_on(buyer)
    assert code.startswith("CB")
    steps.take_along(member, code)
    buyer.page.reload()
    buyer.reads("Delivered")
    market.assert_sound()
