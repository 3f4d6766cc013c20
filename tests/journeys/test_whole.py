"""One grower's whole way at 360 px without any e-mail: joins, drafts, is admitted, mends, is approved, is helped."""

from collections.abc import Callable

import pytest

from cooperatives.models import Cooperative
from products.lifecycle import RevisionState
from shop.accounts.models import User
from shop.core.db import db
from tests.gates.test_aloud import VOICES
from tests.journeys import joining, steps
from tests.journeys.helping import agree, tap
from tests.journeys.phone import Phone
from tests.journeys.pushed import delivered, sent_to_phones, with_a_push_service
from tests.journeys.test_effort import TELL
from tests.journeys.test_shared_phone import become
from tests.journeys.test_weak_signal import drafts_named
from tests.server import Market, until

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
NUMBER, NAME, HOME = "+84912000191", "Lò Thị Mai", "Hộ Lò Thị Mai"
GOODS = "Măng khô Bản Giang"
REASON = "The words on the label cannot be read. Take the photo closer."


@pytest.mark.push
def test_from_the_first_code_to_the_end_of_help(market: Market, phones: Callable[..., Phone]) -> None:
    grower, officer, helper = (phones(market, owner) for owner in ("grower", "officer", "helper"))
    with_a_push_service(grower)
    become(officer, "officer")

    draft = joins_and_drafts(market, grower)
    joining.decide(officer, HOME, "admit")
    asks_to_be_told(grower)
    grower.open(draft)
    grower.press("Send for review")
    grower.reads("Sent for review. Usually answered in 2 working days.")

    return_the_label_photo(officer)
    taps = follows_the_push(market, grower)
    hears_the_reason(grower)
    taps += mends_it(market, grower)
    assert taps <= 4
    steps.approve(officer, GOODS)
    assert state(market) is RevisionState.APPROVED

    agree(market, helper, HOME, NUMBER)
    is_helped_and_ends_it(market, grower, helper)
    nothing_but_a_phone(market)
    market.assert_sound()


def joins_and_drafts(market: Market, grower: Phone) -> str:
    """Two of six tasks, then goods, then the other four: all before anybody admitted her. Gives the draft's address."""
    joining.begin(grower, NUMBER, NAME)
    joining.tell_who_and_where(grower, HOME)
    steps.write_goods(grower, GOODS, steps.from_the_camera()[1:])
    until(lambda: (found := drafts_named(market, GOODS)) and len(found[0][2]) == 2, "the draft with its photos")
    grower.page.wait_for_url("**/edit")
    draft = grower.path
    assert state(market) is RevisionState.DRAFT
    grower.open("/desk")
    grower.follow_name(HOME)
    joining.tell_the_rest_and_send(grower, "012 190 000 019")
    return draft


def asks_to_be_told(grower: Phone) -> None:
    """The first notice is there, so the page may ask; she taps yes."""
    grower.open("/notices")
    grower.reads("%(name)s is admitted", name=HOME)
    grower.press("Tell me on this phone")
    grower.reads("Done. News comes to this phone.")
    grower.picture("told-here")


def return_the_label_photo(officer: Phone) -> None:
    officer.open("/review/products")
    officer.follow_name(GOODS)
    officer.page.locator('label.choice:has(input[value="photo_label"])').click()
    officer.press("Return")
    officer.reads("Returned: %(product)s", product=GOODS)
    officer.picture("returned")
    officer.market.ten_seconds_pass()


def follows_the_push(market: Market, grower: Phone) -> int:
    """What the market sent is shown by her phone without a name in it; the tap on it leads to the place. Gives taps."""
    news = until(lambda: [one for one in sent_to_phones(market) if one["group"] == "review"], "the push message")
    ((sentence, address),) = delivered(grower, market, news[0])
    assert sentence == grower.words("There is news about a review.")
    grower.context.add_init_script(VOICES)
    grower.open(address)
    grower.page.wait_for_url("**/edit#photos")
    return 1


def hears_the_reason(grower: Phone) -> None:
    """The page offers to speak the reason, in its language and with the phone's voice for it."""
    listen = grower.page.locator("#photos .listen").first
    assert grower.page.locator("#photos").evaluate("one => one.getBoundingClientRect().top < innerHeight"), "in sight"
    grower.picture("to-mend")
    listen.tap()
    said, language, voice = grower.page.evaluate("heard")[0]
    assert (said, language, voice) == (grower.words(REASON), "vi", "vi-VN")


def mends_it(market: Market, grower: Phone) -> int:
    """The label once more from near, and sent; gives the taps, with the one in the phone's own picker."""
    heard: list[int] = []
    grower.page.expose_function("tapped", lambda: heard.append(1))
    grower.page.evaluate(f"() => {{ {TELL} }}")
    with grower.page.expect_file_chooser() as chooser:
        grower.page.locator("label.photo-slot[data-slot=label]").tap()
    chooser.value.set_files(steps.from_the_camera()[0])  # type: ignore[arg-type]
    grower.page.locator("[data-part=strip] li").nth(2).wait_for()
    until(lambda: not grower.page.locator("[data-waits]").count(), "the photo, prepared")
    grower.button("Send for review").tap()
    grower.reads("Sent for review. Usually answered in 2 working days.")
    assert state(market) is RevisionState.SUBMITTED
    assert drafts_named(market, GOODS)[0][2].count("label") == 1
    return len(heard) + 1


def is_helped_and_ends_it(market: Market, grower: Phone, helper: Phone) -> None:
    """The helper says that few are left; after the household's word the same tap changes nothing any more."""
    tap(helper, "Help now")
    helper.reads("Helping: %(name)s", name=HOME)
    helper.open("/my/products")
    helper.page.locator("form.levels button[name=on_hand]").first.tap()
    few = until(lambda: found if (found := on_hand(market)) != 30 else None, "the few that are left")
    helper.picture("helping")

    grower.open("/helped")
    tap(grower, "Stop this help")
    grower.reads("Stopped. %(name)s can do nothing for you any more.", name="Lý Thị Sua")
    helper.expected.add(403)
    with helper.page.expect_response(lambda answer: answer.request.method == "POST") as refused:
        helper.page.locator("form.levels button[name=level][value=out]").first.tap()
    assert refused.value.status == 403
    helper.reads("%(name)s has ended this help.", name=HOME)
    assert on_hand(market) == few


def state(market: Market) -> RevisionState:
    return drafts_named(market, GOODS)[0][1]


def on_hand(market: Market) -> int:
    with market.app.app_context():
        product = db.session.merge(drafts_named(market, GOODS)[0][0])
        found = product.skus[0].on_hand
        db.session.remove()
    return found


def nothing_but_a_phone(market: Market) -> None:
    """The seller is on the market, and nobody was asked for an e-mail."""
    with market.app.app_context():
        seller = db.session.query(Cooperative).filter_by(name=HOME).one()
        person = db.session.query(User).filter_by(name=NAME).one()
        assert (seller.state, person.email) == ("active", None)
        db.session.remove()
