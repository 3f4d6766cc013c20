"""After an order: name and address are kept for the next time, with one code to its phone."""

import re

import pytest
from sqlalchemy import select

from shop.accounts.models import LoginName, User
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.outbox import OutgoingSms
from shop.orders.models import Purchase
from shop.privacy.erasing import reduce_purchases
from tests.browser import Browser
from tests.shop.checkout.shopping import fill, order, tell

NEW = "0987 654 321"
E164 = "+84987654321"


def placed(browser, cast, phone=NEW):
    fill(browser, cast)
    tell(browser, phone=phone)
    order(browser)
    return str(browser.response.headers["Location"])


def purchase():
    return db.session.scalars(select(Purchase).order_by(Purchase.id.desc()).limit(1)).one()


def code_to(phone=E164):
    rows = select(OutgoingSms.body).where(OutgoingSms.recipient == phone, OutgoingSms.event.startswith("code:"))
    return re.findall(r"\d{6}", db.session.scalars(rows.order_by(OutgoingSms.id.desc())).first() or "")[0]


def proves(browser, path, phone=E164, **more):
    browser.post(f"{path}/saving")
    return browser.post(f"{path}/saving/code", code=code_to(phone), **more)


def test_a_new_number_becomes_an_account_and_is_prefilled_next_time(browser, cast):
    path = placed(browser, cast)
    browser.get(path)
    assert browser.says("Keep this for next time")
    assert proves(browser, path).headers["Location"] == path
    made = db.session.scalars(select(User).join(LoginName).where(LoginName.value == E164)).one()
    assert (made.name, purchase().buyer_id) == ("Trần Minh Anh", made.id)
    assert (
        db.session.scalars(select(AuditEntry).where(AuditEntry.action == "purchase_claimed")).one().actor_id == made.id
    )
    browser.get(path)
    assert not browser.says("Keep this for next time")
    fill(browser, cast)
    browser.get("/checkout")
    assert browser.one("input[name=line]").get("value") == "Số 12 phố Ngọc Hà"
    assert browser.one("input[name=phone]").get("value") == NEW
    assert browser.one("select[name=commune] option[selected]").get("value") == "00004"


def test_who_has_an_account_gets_it_there(browser, cast):
    path = placed(browser, cast, phone="0912 000 106")
    proves(browser, path, "+84912000106")
    assert purchase().buyer_id == cast.ids["buyer"]
    assert browser.get("/account").status_code == 200


def test_signed_in_with_this_phone_one_press_does(app, browser, cast):
    path = placed(browser, cast, phone="0912 000 106")
    mine = Browser(app)
    mine.sign_in(cast.buyer)
    mine.get(path)
    assert mine.says("Keep it in my account")
    assert mine.post(f"{path}/saving").headers["Location"] == path
    assert purchase().buyer_id == cast.ids["buyer"]
    mine.post(f"{path}/saving", follow=True)
    assert mine.says("This was saved already.")


def test_somebody_else_who_has_the_link_gets_nothing(app, browser, cast):
    path = placed(browser, cast)
    other = Browser(app)
    other.sign_in(cast.buyer)
    other.get(path)
    assert not other.says("Keep this for next time")
    other.post(f"{path}/saving", follow=True)
    assert other.says("This order has another phone number than your account.")
    assert purchase().buyer_id is None
    visitor = Browser(app)
    visitor.post(f"{path}/saving")
    assert E164 not in visitor.text
    assert NEW not in visitor.text


def test_a_household_says_who_it_is_first(browser, cast):
    path = placed(browser, cast, phone="0912 000 101")
    with writing():
        db.session.add(LoginName(user_id=cast.ids["buyer"], kind="phone", value="+84912000101-2"))
    proves(browser, path, "+84912000101")
    assert browser.says("Who are you?")
    assert purchase().buyer_id is None
    proof = browser.one("input[name=proof]").get("value")
    chosen = {"proof": proof, "person": str(cast.ids["member"]), "next": path}
    assert browser.post("/sign-in/person", **chosen).headers["Location"] == path
    browser.get(path)
    assert browser.says("Keep it in my account")


@pytest.mark.parametrize("typed", ["", "000000", "abc"])
def test_a_wrong_code_is_said_at_its_field(browser, cast, typed):
    path = placed(browser, cast)
    browser.post(f"{path}/saving")
    wrong = typed if typed != code_to() else "111111"
    assert browser.post(f"{path}/saving/code", code=wrong).status_code == 422
    assert browser.one("#code-error").text_content().strip()
    assert purchase().buyer_id is None


def test_codes_to_one_number_are_counted(browser, cast):
    path = placed(browser, cast)
    assert [browser.post(f"{path}/saving").status_code for _ in range(6)] == [200] * 5 + [429]


def test_of_an_order_without_its_address_nothing_is_kept(browser, cast):
    path = placed(browser, cast)
    with writing():
        reduce_purchases(Purchase.id == purchase().id)
    browser.get(path)
    assert not browser.says("Keep this for next time")
    browser.post(f"{path}/saving", follow=True)
    assert browser.says("This order has no address any more.")
    assert browser.post("/purchases/khong-co/saving").status_code == 404


def test_another_province_in_the_cart_does_not_bring_the_old_address(browser, cast):
    proves(browser, placed(browser, cast))
    fill(browser, cast)
    browser.post("/cart/province", province="12")
    browser.get("/checkout")
    assert browser.one("input[name=name]").get("value") == "Trần Minh Anh"
    assert browser.one("select[name=province] option[selected]").get("value") == "12"
    assert not browser.one("input[name=line]").get("value")
