"""What is old goes by the table, what is young stays, and the page says both the same."""

from datetime import timedelta

from sqlalchemy import func, select

from shop.accounts import sessions
from shop.accounts.models import UserSession
from shop.audit.models import AuditPersonal
from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingSms, queue_sms
from shop.notices.models import Notice
from shop.notices.services import tell
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order, Purchase
from shop.orders.talks.models import OrderTalk
from shop.privacy.periods.table import PERIODS
from shop.privacy.tasks import forget_what_is_old
from tests.browser import Browser
from tests.shop.orders.buying import ordered
from tests.shop.orders.talks.talking import buyer_says, texts

DAYS = {one.name: one.days for one in PERIODS}


def later(days: float) -> None:
    clock.set_for_tests(clock.now() + timedelta(days=days))


def count(table) -> int:
    return int(db.session.scalar(select(func.count()).select_from(table)) or 0)


def test_sessions_go_ninety_days_after_they_ended(session, cast) -> None:
    clock.set_for_tests(clock.now())
    with writing():
        sessions.start(cast.buyer, sessions.SHARED_PHONE, shared_device=True, agent="", address="")
    later(DAYS["sessions"])
    forget_what_is_old()
    assert count(UserSession) == 1, "it ran out an hour after it began"
    later(1 / 12)
    forget_what_is_old()
    assert count(UserSession) == 0


def test_messages_that_went_out_go_and_waiting_ones_stay(session, cast) -> None:
    clock.set_for_tests(clock.now())
    with writing():
        queue_sms("a", "+84912000101", "vi", "Mã 123456")
        queue_sms("b", "+84912000101", "vi", "Mã 654321")
        db.session.query(OutgoingSms).filter_by(event="a").update({"sent_at": clock.now()})
    later(DAYS["messages"] + 0.1)
    forget_what_is_old()
    assert list(db.session.scalars(select(OutgoingSms.event))) == ["b"]


def test_notices_go_after_a_year(session, cast) -> None:
    clock.set_for_tests(clock.now())
    with writing():
        tell(cast.buyer, "second_factor_reset", "/account")
    later(DAYS["notices"] - 1)
    forget_what_is_old()
    assert count(Notice) == 1
    later(1.1)
    forget_what_is_old()
    assert count(Notice) == 0


def test_messages_about_an_order_go_a_year_after_the_last_one(session, cast) -> None:
    clock.set_for_tests(clock.now())
    old, young = (ordered(cast, tea=1).orders[0].id for _ in range(2))
    for order in (old, young):
        buyer_says(order, "Chào")
    later(100)
    buyer_says(young, "Hàng đã tới")
    later(DAYS["talks"] - 99)
    forget_what_is_old()
    assert texts() == ["Chào", "Hàng đã tới"]
    assert list(db.session.scalars(select(OrderTalk.order_id))) == [young]


def test_addresses_of_orders_go_after_three_years_once_all_ended(session, cast) -> None:
    clock.set_for_tests(clock.now())
    key = ordered(cast).id
    later(DAYS["addresses"] + 1)
    forget_what_is_old()
    assert db.session.get_one(Purchase, key).line, "an order that has not ended keeps its address"
    with writing():
        for order in db.session.scalars(select(Order).where(Order.purchase_id == key)):
            order.state = OrderState.CANCELLED
    assert forget_what_is_old() >= 1
    assert (db.session.get_one(Purchase, key).name, db.session.get_one(Purchase, key).line) == ("—", "")


def test_personal_values_of_the_audit_go_after_three_years(browser: Browser, cast) -> None:
    clock.set_for_tests(clock.now())
    browser.sign_in(cast.buyer)
    browser.post("/account", name="Trần Thị Minh Anh", language="vi")
    assert count(AuditPersonal) >= 1
    later(DAYS["personal"] + 1)
    forget_what_is_old()
    assert count(AuditPersonal) == 0


def test_the_page_lists_every_period(browser: Browser) -> None:
    for path in ("/privacy/periods", "/en/privacy/periods", "/hi/privacy/periods"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert not answer.headers.getlist("Set-Cookie")
        assert len(browser.all("dl.facts dt")) == len(PERIODS)
    browser.get("/privacy")
    assert browser.all("a[href='/privacy/periods']")
