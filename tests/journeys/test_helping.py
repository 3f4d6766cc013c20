"""Help is stopped while the helper types: what is not sent stays on that phone and goes nowhere."""

from collections.abc import Callable

import pytest

from tests.cast import PEOPLE
from tests.journeys.helping import agree, tap
from tests.journeys.phone import Phone
from tests.journeys.test_shared_phone import become
from tests.journeys.test_weak_signal import drafts_named
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
NAME, MORE = "Măng khô Bản Bo", "Măng khô Bản Bo, phơi nắng"
KEPT = """async (owner) => { const { draftsOf } = await import(document.querySelector(
    "script[type=module]").src.replace("main.js", "phone/store.js"));
    return (await draftsOf(owner)).map((draft) => draft.fields.name.v); }"""


def test_what_a_helper_typed_stays_on_the_phone_when_help_ends(market: Market, phones: Callable[..., Phone]) -> None:
    helper, household = phones(market, "helper"), phones(market, "household")
    seller = "Hợp tác xã Chè Bình Lư"
    consent = agree(market, helper, seller, PEOPLE["member"][1])
    tap(helper, "Help now")
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
