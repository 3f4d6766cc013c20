"""A helper takes over with consent and is revoked, both at 360 px: the next request is refused, nothing is lost."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from cooperatives.helping.models import Consent
from shop.core.db import db
from tests.cooperatives.helping import helped
from tests.journeys.phone import Phone
from tests.journeys.test_shared_phone import become
from tests.journeys.test_weak_signal import drafts_named
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
NAME, MORE = "Măng khô Bản Bo", "Măng khô Bản Bo, phơi nắng"
KEPT = """async (owner) => { const { draftsOf } = await import(document.querySelector(
    "script[type=module]").src.replace("main.js", "phone/store.js"));
    return (await draftsOf(owner)).map((draft) => draft.fields.name.v); }"""


def agree(market: Market, phone: Phone) -> str:
    """The helper asks, the manager reads out the code; returns the consent's code."""
    with market.app.app_context():
        helped.team(market.cast)
        seller, manager = market.cast.cooperative().code, market.cast.member.phone or ""
    before = len(market.texts(manager))
    become(phone, "helper")
    phone.open(f"/helping/sellers/{seller}")
    phone.press("Send them a code")
    phone.fill("Code in the message", market.code_for(manager, before))
    phone.press("They agree")
    phone.reads("They have asked you to help")
    with market.app.app_context():
        return db.session.scalars(select(Consent.code)).one()


def tap(phone: Phone, msgid: str) -> None:
    """Tap the first button that begins so: for readers it also says whose it is."""
    phone.page.get_by_role("button", name=phone.words(msgid)).first.click()


def test_a_helper_takes_over_and_is_revoked(market: Market, phones: Callable[..., Phone]) -> None:
    helper, household = phones(market, "helper"), phones(market, "household")
    consent = agree(market, helper)
    tap(helper, "Help now")
    seller = "Hợp tác xã Chè Bình Lư"
    helper.reads("Helping: %(name)s", name=seller)
    helper.open("/my/products/new")
    helper.page.locator(".photo-slot").first.wait_for()
    helper.page.locator("#name").fill(NAME)
    until(lambda: drafts_named(market, NAME), "the draft")
    helper.picture("helping")

    become(household, "member")
    household.open("/helped")
    household.picture("helped")
    helper.expected.add(403)  # whatever the open page asks from now on
    tap(household, "Stop this help")
    household.reads("Stopped. %(name)s can do nothing for you any more.", name="Lý Thị Sua")

    helper.page.locator("#name").fill(MORE)
    helper.reads("This is closed to you now. What is not sent stays on this phone.")
    owner = market.cast.ids["helper"]
    assert helper.page.evaluate(KEPT, f"{owner}-{consent}") == [MORE]
    assert helper.page.evaluate(KEPT, str(owner)) == []
    assert drafts_named(market, MORE) == []
    helper.open("/my/products")
    helper.reads("%(name)s has ended this help.", name=seller)
    helper.press("Close")
    helper.reads("You act for nobody before they agree. They can stop it at any time.")
