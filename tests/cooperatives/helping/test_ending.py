"""One tap ends it: the next request is refused, wherever it comes from, and what waits on the phone stays there."""

import pytest
from sqlalchemy import select

from cooperatives.helping.models import Consent
from shop.core.db import db
from shop.notices.models import Notice
from tests.browser import Browser
from tests.cooperatives.helping import helped
from tests.cooperatives.helping.test_acting import kept


def test_the_household_stops_it_and_the_next_request_is_refused(browser: Browser, app, cast) -> None:
    helper, second = Browser(app), Browser(app)
    code = helped.helping(helper, cast)
    second.sign_in(cast.helper)
    second.post(f"/helping/consents/{code}/begin")
    assert helper.get("/my/products").status_code == second.get("/my/products").status_code == 200
    browser.sign_in(cast.member)
    assert browser.post(f"/helped/consents/{code}/end").status_code == 302
    for one in (helper, second):
        assert one.get("/my/products").status_code == 403
        assert one.says(
            "%(name)s has ended this help. What is not sent stays on this phone.", name=cast.cooperative().name
        )
    ended = helped.stored(code)
    assert (ended.end_reason, ended.ended_by_id) == ("household", cast.member.id)
    told = db.session.scalars(select(Notice).where(Notice.kind == "help_ended")).one()
    assert told.user_id == cast.helper.id


def test_the_phone_is_told_to_keep_what_it_has(browser: Browser, app, cast) -> None:
    helper = Browser(app)
    code = helped.helping(helper, cast)
    browser.sign_in(cast.member)
    browser.post(f"/helped/consents/{code}/end")
    key = "key-of-a-helping-phone"
    answer = kept(f"/my/drafts/{key}", helper, key, **{"X-Owner": f"{cast.helper.id}-{code}"})
    assert answer.status_code == 403
    assert cast.cooperative().name in answer.get_json()["error"]
    assert helper.post("/helping/stop").status_code == 302
    assert helper.get("/desk").status_code == 200
    assert helper.all(".help-bar") == []


def test_any_member_may_stop_it_and_only_once(browser: Browser, cast) -> None:
    helped.team(cast)
    code = helped.consent(cast)
    browser.sign_in(cast.second_member)
    assert browser.post(f"/helped/consents/{code}/end").status_code == 302
    assert browser.post(f"/helped/consents/{code}/end").status_code == 409


@pytest.mark.parametrize("name", ["stranger", "officer", "buyer", "helper"])
def test_nobody_else_may(browser: Browser, cast, name: str) -> None:
    helped.team(cast)
    code = helped.consent(cast)
    browser.sign_in(cast.user(name))
    assert browser.post(f"/helped/consents/{code}/end").status_code == 404
    assert db.session.scalars(select(Consent.ended_at)).one() is None


def test_the_helper_gives_it_back(browser: Browser, cast) -> None:
    code = helped.helping(browser, cast)
    assert browser.post(f"/helping/consents/{code}/end").status_code == 302
    assert helped.stored(code).end_reason == "helper"
    assert browser.get("/my/products").status_code == 403
    assert browser.post(f"/helping/consents/{code}/end").status_code == 404
