"""Where no other officer may say the second yes, the first is told, and the admins once: nothing is stuck unseen."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from cooperatives.models import MemberRole, Membership
from products.models import Product
from products.seconds import queries
from shop.accounts.absences import services as absences
from shop.accounts.models import Role, RoleGrant
from shop.core import clock
from shop.core.days import today
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.cast import BINH_LU
from tests.products.review.sent import path_of, ten_seconds_pass
from tests.products.seconds.risky import approve, risky_goods, second_officer

MISSING = "/staff/second-officers"


def told(cast):
    kind = Notice.kind == "second_officer_needed"
    return db.session.scalars(select(Notice).where(kind, Notice.user_id == cast.admin.id)).all()


@pytest.fixture
def goods(cast):
    return risky_goods(cast)


def test_the_first_officer_and_the_admins_are_told_once(goods, browser, cast):
    approve(goods, cast.officer)
    approve(risky_goods(cast, "more"), cast.officer)
    assert [one.url for one in told(cast)] == [f"{MISSING}#commune-{BINH_LU}"]
    assert told(cast)[0].params == {"commune": "Xã Bình Lư"}
    browser.sign_in(cast.officer)
    browser.get(path_of(db.session.get_one(Product, goods)))
    words = "No other officer answers for %(commune)s yet. The admins see it and can appoint one."
    assert browser.says(words, commune="Xã Bình Lư")
    browser.sign_in(cast.admin)
    browser.get("/desk")
    assert browser.one(f"a[href='{MISSING}'] strong").text == "1"
    browser.get(MISSING)
    card = browser.one(f"#commune-{BINH_LU}").text_content()
    assert "Xã Bình Lư" in card
    assert "2" in card


def test_with_a_second_officer_nobody_is_told(goods, browser, cast):
    second_officer(cast)
    approve(goods, cast.officer)
    assert told(cast) == []
    browser.sign_in(cast.admin)
    browser.get(MISSING)
    assert browser.says("Every commune has its second officer.")
    browser.get("/desk")
    assert not browser.all(f"a[href='{MISSING}']")


def test_a_stand_in_counts(goods, cast):
    """The officer of the commune is away; who stands in says the first yes, and then nobody is left."""
    with writing():
        absences.enter(cast.officer, cast.officer_elsewhere, today(), today(), cast.admin)
    approve(goods, cast.officer_elsewhere)
    assert len(told(cast)) == 1
    second_officer(cast)
    assert [one.code for one in queries.lonely()] == [BINH_LU]


def test_who_may_not_decide_is_no_second(goods, cast):
    second = second_officer(cast)
    with writing():
        row = {"cooperative_id": cast.cooperative().id, "user_id": second.id, "role": MemberRole.MEMBER}
        db.session.add(Membership(**row))
    approve(goods, cast.officer)
    assert len(told(cast)) == 1


def test_whose_role_ended_is_no_second(goods, cast):
    second = second_officer(cast)
    approve(goods, cast.officer)
    assert queries.lonely() == []
    with writing():
        for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == second.id)):
            assert grant.role is Role.OFFICER
            grant.valid_to = clock.now() + timedelta(microseconds=1)
    clock.pass_for_tests(timedelta(seconds=1))
    assert [one.code for one in queries.lonely()] == [BINH_LU]


def test_told_again_when_it_happens_again(goods, cast):
    approve(goods, cast.officer)
    second = second_officer(cast)
    approve(goods, second)
    ten_seconds_pass()
    with writing():
        row = {"cooperative_id": cast.cooperative().id, "user_id": second.id, "role": MemberRole.MEMBER}
        db.session.add(Membership(**row))
    clock.pass_for_tests(timedelta(minutes=1))
    approve(risky_goods(cast, "later"), cast.officer)
    assert len(told(cast)) == 2


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("officer", 403), ("helper", 403), ("admin", 200)])
def test_the_page_is_the_admins(browser, cast, who, status):
    browser.sign_in(cast.user(who))
    assert browser.get(MISSING).status_code == status


def test_a_visitor_signs_in_first(browser):
    assert browser.get(MISSING).status_code in {302, 401}
