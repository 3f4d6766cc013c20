"""The page of a seller says what its people have learnt, and whether somebody should go there."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from cooperatives.lessons.catalogue import lessons
from cooperatives.lessons.services import finish
from cooperatives.models import Cooperative
from cooperatives.visits import services as visits
from shop.accounts.models import UserSession
from shop.core import clock
from shop.core.days import today
from shop.core.db import db, writing
from shop.desk.visits.queries import need_of
from tests.browser import Browser
from tests.shop.storefront.counting import statements

SECTION = "section[aria-labelledby=learning-title]"


def page(browser: Browser, cast, who: str = "officer") -> str:
    browser.sign_in(cast.user(who))
    path = f"/review/sellers/{cast.cooperative().code}"
    assert browser.get(path).status_code == 200
    return path


def learnt(browser: Browser) -> list[bool]:
    return [
        bool(one.cssselect(".status.ok"))
        for one in browser.all("section[aria-labelledby=learning-title] .task-list li")
    ]


def signed_in_now(cast) -> None:
    with writing() as session:
        session.execute(update(UserSession).values(seen_at=clock.now()))


def admitted_long_ago() -> None:
    with writing() as session:
        session.execute(update(Cooperative).values(active_since=clock.now() - timedelta(days=31)))


def test_what_is_finished_and_by_whom(browser: Browser, cast) -> None:
    first, *_rest = lessons("vi")
    with writing():
        finish(first, cast.second_member)
    page(browser, cast)
    assert learnt(browser) == [True, *[False] * (len(lessons("vi")) - 1)]
    assert cast.second_member.name in browser.all(f"{SECTION} .task-list li")[0].text_content()
    assert browser.says("No visit yet")


def test_a_new_seller_whose_people_are_here_needs_nobody(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.get("/desk")
    page(browser, cast)
    assert browser.says("No visit needed")


def test_a_month_without_the_lessons_needs_one_until_they_are_finished(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    signed_in_now(cast)
    admitted_long_ago()
    path = page(browser, cast)
    assert browser.says("Needs a visit")
    with writing():
        for one in lessons("vi"):
            finish(one, cast.member)
    browser.get(path)
    assert learnt(browser) == [True] * len(lessons("vi"))
    assert browser.says("No visit needed")


def test_the_officer_goes_on_to_write_one_and_the_admin_does_not(browser: Browser, cast) -> None:
    page(browser, cast)
    link = browser.one(f"{SECTION} a.button").get("href")
    assert browser.get(link).status_code == 200
    with writing():
        told = visits.Told(today(), "Bình Lư", "Chụp ảnh", "", None, None)
        visits.write(cast.cooperative(), cast.officer, told, [])
    assert need_of(cast.cooperative()).visited == today()
    page(browser, cast, "admin")
    assert not browser.all(f"{SECTION} a.button")


@pytest.mark.parametrize(("who", "status"), [("officer_elsewhere", 404), ("member", 403), ("helper", 403)])
def test_nobody_else(browser: Browser, cast, who: str, status: int) -> None:
    browser.sign_in(cast.user(who))
    assert browser.get(f"/review/sellers/{cast.cooperative().code}").status_code == status


def test_few_or_many_lessons_cost_the_same(browser: Browser, cast) -> None:
    path = page(browser, cast)
    browser.get(path)
    with statements() as before:
        browser.get(path)
    with writing():
        for one in lessons("vi"):
            for person in (cast.member, cast.second_member):
                finish(one, person)
    with statements() as after:
        browser.get(path)
    assert len(after) <= len(before)


def test_the_page_says_the_same_as_the_list(browser: Browser, cast) -> None:
    admitted_long_ago()
    browser.sign_in(cast.officer)
    browser.get("/visits")
    listed = {one.text_content() for one in browser.all("main li.card strong")}
    for name in ("cooperative", "other_cooperative"):
        seller = db.session.get_one(Cooperative, cast.ids[name])
        assert (seller.name in listed) is need_of(seller).is_due
