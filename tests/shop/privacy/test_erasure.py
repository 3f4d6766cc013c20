"""Erasure: in a week, called off until then; what the law keeps stays without the person."""

from datetime import timedelta

import pytest
from sqlalchemy import select, text

from shop.accounts import sessions
from shop.accounts.models import LoginName, User, UserSession
from shop.audit.checks import chains_hold, personal_values_hold
from shop.audit.models import AuditEntry, AuditPersonal
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingSms
from shop.notices.models import Notice
from shop.notices.services import tell
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, Purchase
from shop.privacy.checks import erased_means_gone, in_time
from shop.privacy.tasks import erase_people
from tests.browser import Browser
from tests.shop.orders.buying import ordered
from tests.shop.orders.talks.talking import buyer_says, seller_says, texts

PATH = "/account/privacy/erasure"


def asked(browser: Browser, person) -> None:
    clock.set_for_tests(clock.now())
    browser.sign_in(person)
    assert browser.post(PATH).status_code == 302


def later(**parts: float) -> None:
    clock.set_for_tests(clock.now() + timedelta(**parts))


def bought(cast, state: OrderState = OrderState.DELIVERED) -> int:
    """The buyer bought something, and it has come."""
    purchase = ordered(cast)
    key = purchase.id
    with writing():
        db.session.get_one(Purchase, key).buyer_id = cast.ids["buyer"]
        for order in db.session.scalars(select(Order).where(Order.purchase_id == key)):
            order.state = state
    return key


def test_in_a_week_and_not_before(browser: Browser, cast) -> None:
    asked(browser, cast.buyer)
    browser.get("/account/privacy")
    assert browser.says("Call it off")
    later(days=6, hours=23)
    assert erase_people() == 0
    later(hours=2)
    assert erase_people() == 1
    assert erase_people() == 0
    assert (cast.buyer.name, cast.buyer.phone, cast.buyer.email) == ("—", None, None)
    assert not cast.buyer.is_active
    assert [*erased_means_gone(), *in_time()] == []


def test_called_off(browser: Browser, cast) -> None:
    asked(browser, cast.buyer)
    assert browser.post(f"{PATH}/cancellation").status_code == 302
    assert browser.post(f"{PATH}/cancellation").status_code == 409, "not twice"
    later(days=8)
    assert erase_people() == 0
    assert cast.buyer.phone == "+84912000106"


def test_nobody_signs_in_any_more_and_the_number_is_free(browser: Browser, app, cast) -> None:
    asked(browser, cast.buyer)
    later(days=7, minutes=1)
    with writing():
        buyer = db.session.get_one(User, cast.ids["buyer"])
        token = sessions.start(buyer, sessions.BUYER, shared_device=False, agent="", address="")
    erase_people()
    assert sessions.live(token) is None
    assert db.session.query(UserSession).filter_by(user_id=cast.ids["buyer"]).count() == 0
    assert db.session.query(LoginName).filter_by(user_id=cast.ids["buyer"]).count() == 0
    browser.sign_out()
    browser.post("/sign-in", phone="0912000106")
    assert browser.says("Enter the code")


def test_orders_stay_without_the_person(browser: Browser, cast) -> None:
    key = bought(cast)
    order = db.session.get_one(Purchase, key).orders[0].id
    buyer_says(order, "Số của tôi là 0912 000 106")
    seller_says(order, cast.member, "Chị Minh Anh nhận chiều nay nhé")
    total = db.session.get_one(Purchase, key).total
    asked(browser, cast.buyer)
    later(days=7, minutes=1)
    erase_people()
    purchase = db.session.get_one(Purchase, key)
    assert (purchase.name, purchase.phone, purchase.line, purchase.email, purchase.note) == ("—", "", "", None, "")
    assert purchase.total == total
    assert purchase.orders[0].lines[0].quantity
    assert texts() == []


def test_messages_and_personal_values_go_and_the_chain_holds(browser: Browser, cast) -> None:
    browser.sign_in(cast.buyer)
    browser.post("/account", name="Trần Thị Minh Anh", language="vi")
    with writing():
        tell(cast.buyer, "second_factor_reset", "/account")
    subject = (AuditEntry.subject_kind == "users", AuditEntry.subject_id == cast.buyer.id)
    values = select(AuditPersonal.entry_id).join(AuditEntry, AuditEntry.id == AuditPersonal.entry_id).where(*subject)
    assert list(db.session.scalars(values))
    asked(browser, cast.buyer)
    later(days=7, minutes=1)
    erase_people()
    assert list(db.session.scalars(values)) == []
    assert db.session.query(Notice).filter_by(user_id=cast.ids["buyer"]).count() == 0
    left = db.session.scalars(select(OutgoingSms.event).where(OutgoingSms.recipient == "+84912000106")).all()
    assert [event.split(":")[0] for event in left] == ["erased"], "only the last message"
    assert db.session.scalar(select(AuditEntry.action).where(*subject).order_by(AuditEntry.number.desc())) == "erased"
    assert [*chains_hold(), *personal_values_hold()] == []


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("officer", "You have a role in the market. Ask an admin to end it first."),
        ("member", "You alone answer for %(name)s. Make another member a manager first."),
    ],
)
def test_what_stands_in_the_way(browser: Browser, cast, who: str, sentence: str) -> None:
    browser.sign_in(cast.user(who))
    browser.get("/account/privacy")
    assert browser.says(sentence, name=cast.cooperative().name)
    browser.post(PATH, follow=True)
    assert browser.says(sentence, name=cast.cooperative().name)
    later(days=8)
    assert erase_people() == 0


def test_orders_on_their_way_are_waited_for(browser: Browser, cast) -> None:
    asked(browser, cast.buyer)
    bought(cast, OrderState.PACKED)
    later(days=7, minutes=1)
    assert erase_people() == 0
    with writing() as inside:
        inside.execute(text("UPDATE orders SET state = 'delivered'"))
    assert erase_people() == 0, "tried again a day later"
    later(days=1)
    assert erase_people() == 1


def test_a_plain_member_leaves_the_cooperative(browser: Browser, cast) -> None:
    asked(browser, cast.second_member)
    later(days=7, minutes=1)
    assert erase_people() == 1
    open_ones = text("SELECT count(*) FROM memberships WHERE user_id = :key AND left_at IS NULL")
    assert db.session.execute(open_ones, {"key": cast.ids["second_member"]}).scalar() == 0


def test_verify_finds_what_came_back_and_what_is_late(browser: Browser, cast) -> None:
    asked(browser, cast.buyer)
    later(days=21)
    assert len(list(in_time())) == 1
    erase_people()
    with writing():
        cast.buyer.phone = "+84912000106"
    assert list(erased_means_gone()) == [f"user {cast.buyer.id} was erased and can still be reached or sign in"]
