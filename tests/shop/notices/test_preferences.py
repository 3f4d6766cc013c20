"""Each person says how to be told: ways, hours, how often, language."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from shop.accounts.models import User
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.notices import services
from shop.notices.kinds import Group
from shop.notices.preferences import queries
from shop.notices.preferences import services as preferences
from shop.notices.preferences.models import NoticePreference, Way
from tests.browser import Browser

PAGE = "/account/notices"
CHOICE = {"orders": "sms", "money": "sms", "quiet_from": "20", "quiet_to": "5", "language": "hi", "daily": ""}


def _with_mail(cast) -> None:
    with writing():
        cast.member.email = "may@example.com"


def test_kept_and_shown_again(browser: Browser, cast) -> None:
    _with_mail(cast)
    browser.sign_in(cast.member)
    browser.get(PAGE)
    assert browser.all("input[name=orders][value=mail]")[0].get("checked") is not None
    assert browser.post(PAGE, **CHOICE | {"daily": "daily"}).location == PAGE
    kept = queries.of(cast.member)
    assert set(kept.ways(Group.MONEY)) == {Way.SMS, Way.ZALO, Way.PUSH}
    assert Way.MAIL not in kept.ways(Group.ORDERS)
    assert (kept.quiet_from, kept.quiet_to, kept.daily, cast.member.language) == (20, 5, True, "hi")
    assert db.session.scalar(select(AuditEntry.action).order_by(AuditEntry.id.desc())) == "notices_chosen"
    browser.get(PAGE)
    assert browser.all("input[name=orders][value=mail]")[0].get("checked") is None
    assert browser.one("#quiet_from option[selected]").get("value") == "20"


def test_only_ways_that_reach_the_person_are_offered(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.get(PAGE)
    assert [box.get("value") for box in browser.all("input[name=orders]")] == ["sms"]


def test_money_and_safety_are_never_switched_off(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.post(PAGE, **CHOICE | {"money": None})
    assert browser.says(str(preferences.ONE_WAY))
    assert db.session.scalar(select(NoticePreference)) is None
    with pytest.raises(Invalid), writing():
        preferences.choose(cast.member, {group: [] for group in Group}, quiet=(21, 6), daily=False, language="vi")
    with pytest.raises(IntegrityError), writing():
        db.session.add(NoticePreference(user_id=cast.member.id, orders="", review="", money="", news=""))


def test_bad_input_changes_nothing(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    for wrong in ({"quiet_from": "25"}, {"orders": "pigeon"}, {"language": "xx"}):
        assert browser.post(PAGE, **CHOICE | wrong).status_code == 200
    assert db.session.scalar(select(NoticePreference)) is None


def test_a_visitor_signs_in_first(browser: Browser, cast) -> None:
    assert "/sign-in" in browser.get(PAGE).location


def _chosen(cast, **ways: list[Way]) -> None:
    with writing():
        everything = {group: ways.get(group.value, list(Way)) for group in Group}
        preferences.choose(cast.member, everything, quiet=(21, 6), daily=False, language="vi")


def test_told_by_the_chosen_way(session, cast) -> None:
    _with_mail(cast)
    _chosen(cast, orders=[Way.SMS], review=[])
    with writing():
        services.tell(cast.member, "order_placed", "/desk", code="LC 1", ship_by="1/12")
        services.tell(cast.member, "revision_approved", "/desk", product="Chè")
    assert session.scalar(select(OutgoingMail.id)) is None
    assert [row.event.split(":")[0] for row in session.scalars(select(OutgoingSms))] == ["order_placed"]


def test_staff_are_not_texted_about_reviews(session, cast) -> None:
    assert Way.SMS not in queries.chosen(cast.officer, Group.REVIEW)
    assert Way.SMS in queries.chosen(cast.member, Group.REVIEW)
    assert queries.chosen(cast.buyer, Group.NEWS) == []


def test_another_person_keeps_her_own(session, cast) -> None:
    _chosen(cast, orders=[])
    other = db.session.get_one(User, cast.stranger.id)
    assert queries.chosen(other, Group.ORDERS) == list(Way)
