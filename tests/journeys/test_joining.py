"""A grower joins by the code on her phone alone, on two phones, without scripts and without any e-mail."""

from collections.abc import Callable

import pytest

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core.db import db
from tests.journeys import steps
from tests.journeys.phone import Phone
from tests.journeys.test_shared_phone import become
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
NUMBER, NAME, HOME = "+84912000190", "Lò Thị Vân", "Hộ Lò Thị Vân"
GOODS = "Măng khô Bản Hon"


def test_a_grower_joins_drafts_is_admitted_and_sends(market: Market, phones: Callable[..., Phone]) -> None:
    grower = phones(market, "grower", scripts=False)
    grower.open("/how-to-sell")
    grower.follow("Begin to sell")
    steps.enter_by_code(grower, NUMBER)
    grower.fill("Your name", NAME)
    grower.press("Continue")
    grower.reads("Six short tasks. Stop whenever you like, go on from any phone. No e-mail is needed.")
    grower.picture("six-tasks")
    tell_who_and_where(grower)
    steps.write_goods(grower, GOODS, steps.from_the_camera()[1:2])
    draft = grower.path

    borrowed = phones(market, "borrowed", scripts=False)
    borrowed.open("/sign-in")
    steps.enter_by_code(borrowed, NUMBER)
    borrowed.follow_name(HOME)
    tell_the_rest_and_send(borrowed)

    officer = phones(market, "officer")
    become(officer, "officer")
    officer.open("/review/cooperatives")
    officer.follow_name(HOME)
    officer.picture("applicant")
    officer.page.locator('label.choice:has(input[value="return"])').click()
    officer.page.locator("summary", has_text=officer.words("What to mend, or why not")).click()
    officer.page.locator("#place").fill("Ghi rõ bản nào.")
    officer.press("Record the decision")
    officer.reads("Decision recorded. They are told.")

    grower.open("/notices")
    grower.sees("Ghi rõ bản nào.")
    grower.open("/desk")
    grower.follow_name(HOME)
    grower.reads("to mend")
    grower.picture("to-mend")
    grower.follow("Your commune and hamlet")
    grower.fill("Hamlet", "Bản Hon 2")
    grower.press("Save")
    grower.press("Send to the officer")
    grower.reads("What happens next")

    officer.open("/review/cooperatives")
    officer.follow_name(HOME)
    officer.page.locator('label.choice:has(input[value="admit"])').click()
    officer.press("Record the decision")
    officer.reads("Decision recorded. They are told.")

    grower.open(draft)
    grower.press("Send for review")
    grower.reads("Sent for review. Usually answered in 2 working days.")
    steps.approve(officer, GOODS)
    nothing_but_a_phone(market)
    market.assert_sound()


def tell_who_and_where(phone: Phone) -> None:
    """The first two answers; from here on there is a seller whose goods may be prepared."""
    phone.follow("Begin")
    phone.choose(phone.words("Household"))
    phone.fill("Name buyers will see", HOME)
    phone.press("Go on")
    phone.page.select_option("#commune_code", "03390")
    phone.picture("place")
    phone.press("Save")
    phone.reads("Saved. Stop whenever you like; on any phone you go on from here.")


def tell_the_rest_and_send(phone: Phone) -> None:
    """On another phone: the number, a paper that is not there yet, the sentences."""
    phone.picture("task-list")
    phone.follow("Who you are")
    phone.fill("Citizen number of the head of the household", "012 190 000 018")
    phone.press("Save")
    phone.follow("Papers")
    phone.follow_name("Bản cam kết an toàn thực phẩm")
    phone.press("I do not have it yet")
    phone.reads("Noted: not yet. Add it whenever you have it.")
    phone.follow("Back to the list")
    for sentence in phone.page.locator("label.choice:has(input[name=ticked])").all():
        sentence.click()
    phone.picture("ready")
    phone.press("Send to the officer")
    phone.reads("What happens next")


def nothing_but_a_phone(market: Market) -> None:
    """The seller is on the market, and nobody was asked for an e-mail."""
    with market.app.app_context():
        seller = db.session.query(Cooperative).filter_by(name=HOME).one()
        person = db.session.query(User).filter_by(name=NAME).one()
        assert (seller.state, seller.hamlet, person.email) == ("active", "Bản Hon 2", None)
        db.session.remove()
