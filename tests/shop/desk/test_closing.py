"""A shop is closed for good by its last member: goods, help and what waits end, orders stay, and the way out opens."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cooperatives import services as cooperatives
from cooperatives.checks import someone_answers
from cooperatives.helping.models import Consent, Scope
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Invitation, MemberRole
from cooperatives.papers import services as papers
from cooperatives.papers.models import Paper
from products.lifecycle import Shelf
from products.models import Product
from products.queries import public
from shop.accounts.models import User
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.desk.closing import checks
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order
from shop.privacy.checks import erased_means_gone
from shop.privacy.tasks import erase_people
from tests.browser import Browser
from tests.cooperatives.helping import helped
from tests.shop.orders.buying import at, ordered


def page(cast, name: str = "other_cooperative") -> str:
    return f"/cooperatives/{cast.cooperative(name).code}/closing"


def state(cast, name: str = "other_cooperative") -> CooperativeState:
    db.session.expire_all()
    return cast.cooperative(name).state


def test_goods_help_and_invitations_end_and_orders_stay(browser: Browser, cast) -> None:
    order = ordered(cast, honey=1).orders[0].id
    at(order, OrderState.DELIVERED)
    helped.team(cast)
    helped.consent(cast, Scope.GOODS, seller="other_cooperative", giver="stranger")
    with writing():
        seller = cast.cooperative("other_cooperative")
        cooperatives.invite(seller, "+84912000555", MemberRole.MEMBER, cast.stranger)
    browser.sign_in(cast.stranger)
    browser.get(f"/cooperatives/{cast.cooperative('other_cooperative').code}")
    assert browser.get(browser.one("main a[href$='/closing']").get("href")).status_code == 200
    assert browser.post(page(cast)).location == "/account/privacy"
    assert state(cast) is CooperativeState.CLOSED
    assert cast.product("honey").shelf is Shelf.WITHDRAWN
    assert cast.ids["honey"] not in set(db.session.scalars(public(Product.id)))
    assert db.session.scalars(select(Consent)).one().ended_at is not None
    assert db.session.scalars(select(Invitation)).one().closed_at is not None
    assert db.session.get_one(Order, order).total > 0
    row = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "cooperative_closed")).one()
    assert row.actor_id == cast.ids["stranger"]
    assert [*checks.closed_is_closed(), *someone_answers()] == []
    browser.get(page(cast))
    assert browser.says("This shop is closed.")


def test_twice_is_refused(browser: Browser, cast) -> None:
    browser.sign_in(cast.stranger)
    browser.post(page(cast))
    assert browser.post(page(cast)).status_code == 409


def test_open_orders_come_first(browser: Browser, cast) -> None:
    order = ordered(cast, honey=1).orders[0].id
    browser.sign_in(cast.stranger)
    browser.get(page(cast))
    assert browser.all("main a[href='/my/orders']")
    assert not browser.all("main form")
    assert browser.post(page(cast)).status_code == 409
    assert state(cast) is CooperativeState.ACTIVE
    at(order, OrderState.CANCELLED)
    assert browser.post(page(cast)).status_code == 302


def test_where_others_belong_it_is_handed_over(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.get(page(cast, "cooperative"))
    assert browser.all("main a[href$='/members']")
    assert browser.post(page(cast, "cooperative")).status_code == 409
    assert state(cast, "cooperative") is CooperativeState.ACTIVE


@pytest.mark.parametrize(
    ("who", "status"), [("second_member", 403), ("stranger", 404), ("officer", 404), ("admin", 404), ("buyer", 404)]
)
def test_nobody_but_its_manager(browser: Browser, cast, who: str, status: int) -> None:
    browser.sign_in(cast.user(who))
    assert browser.get(page(cast, "cooperative")).status_code == status
    assert browser.post(page(cast, "cooperative")).status_code == status


def test_a_helper_may_not(browser: Browser, cast) -> None:
    helped.helping(browser, cast)
    assert browser.post(page(cast, "cooperative")).status_code == 404


def test_a_household_leaves_the_market_by_the_links(browser: Browser, cast) -> None:
    """From the page of one's data to the closed shop, and a week later out of the market."""
    clock.set_for_tests(clock.now())
    order = ordered(cast, honey=1).orders[0].id
    at(order, OrderState.DELIVERED)
    with writing():
        papers.add(cast.cooperative("other_cooperative"), "registration", "0" * 64, cast.stranger)
    browser.sign_in(cast.stranger)
    browser.get("/account/privacy")
    assert browser.says("Nobody but you belongs to %(name)s. Close the shop first.", name="Hộ Tẩn Lở Mẩy")
    link = browser.one("main .notice a").get("href")
    assert browser.get(link).status_code == 200
    browser.post(link, follow=True)
    assert browser.all("form[action='/account/privacy/erasure']")
    assert browser.post("/account/privacy/erasure").status_code == 302
    clock.set_for_tests(clock.now() + timedelta(days=7, minutes=1))
    assert erase_people() == 1
    db.session.expire_all()
    seller, person = cast.cooperative("other_cooperative"), db.session.get_one(User, cast.ids["stranger"])
    assert (person.name, seller.contact_name, seller.contact_phone) == ("—", "—", "")
    assert seller.name == "Hộ Tẩn Lở Mẩy", "the books keep with whom was dealt"
    assert db.session.scalars(select(Paper)).one().removed_at is not None
    assert db.session.get_one(Order, order).seller_name == "Hộ Tẩn Lở Mẩy"
    assert [*someone_answers(), *erased_means_gone(), *checks.closed_is_closed()] == []
    code = seller.code
    browser.sign_in(cast.officer)
    browser.get("/review/sellers")
    assert browser.says("Closed for good")
    assert browser.get(f"/review/sellers/{code}").status_code == 200
    assert not browser.all("main a[href='tel:']")


def test_a_sole_manager_with_members_is_led_to_them(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.get("/account/privacy")
    link = browser.one("main .notice a").get("href")
    assert link == f"/cooperatives/{cast.cooperative().code}/members"
    assert not browser.all("form[action='/account/privacy/erasure']")
    browser.get(link)
    raising = [one.get("action") for one in browser.all("main form") if "manage" in one.get("action")]
    assert browser.post(raising[0]).status_code == 302
    browser.get("/account/privacy")
    assert browser.all("form[action='/account/privacy/erasure']")


def test_verify_finds_goods_that_go_on(session, cast) -> None:
    with writing():
        cast.cooperative().state = CooperativeState.CLOSED
    assert len(list(checks.closed_is_closed())) == 1
