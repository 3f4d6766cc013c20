"""A grower joins on two phones without scripts; the officer asks for more, she mends it and is admitted."""

from collections.abc import Callable

import pytest

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core.db import db
from tests.journeys import joining, steps
from tests.journeys.phone import Phone
from tests.journeys.test_shared_phone import become
from tests.server import Market

pytestmark = [pytest.mark.browser, pytest.mark.timeout(180)]
NUMBER, NAME, HOME = "+84912000190", "Lò Thị Vân", "Hộ Lò Thị Vân"
GOODS = "Măng khô Bản Hon"


def test_a_grower_joins_on_two_phones_without_scripts(market: Market, phones: Callable[..., Phone]) -> None:
    grower = phones(market, "grower", scripts=False)
    joining.begin(grower, NUMBER, NAME)
    joining.tell_who_and_where(grower, HOME)
    steps.write_goods(grower, GOODS, steps.from_the_camera()[1:2])
    draft = grower.path

    borrowed = phones(market, "borrowed", scripts=False)
    borrowed.open("/sign-in")
    steps.enter_by_code(borrowed, NUMBER)
    borrowed.follow_name(HOME)
    joining.tell_the_rest_and_send(borrowed, "012 190 000 018")

    officer = phones(market, "officer")
    become(officer, "officer")
    joining.decide(officer, HOME, "return", "Ghi rõ bản nào.")

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

    joining.decide(officer, HOME, "admit")
    grower.open(draft)
    assert grower.button("Send for review").is_visible()
    nothing_but_a_phone(market)
    market.assert_sound()


def nothing_but_a_phone(market: Market) -> None:
    """The seller is on the market, and nobody was asked for an e-mail."""
    with market.app.app_context():
        seller = db.session.query(Cooperative).filter_by(name=HOME).one()
        person = db.session.query(User).filter_by(name=NAME).one()
        assert (seller.state, seller.hamlet, person.email) == ("active", "Bản Hon 2", None)
        db.session.remove()
