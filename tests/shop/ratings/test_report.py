"""Reporting a rating: by anybody, for a reason; officers of the commune hear of it."""

import pytest

from shop.core.db import db
from shop.notices.models import Notice
from shop.ratings.models import Rating
from shop.ratings.reports.models import RatingReport, Why
from tests.shop.ratings.bought import hide, rated

INSULT = {"why": "insult", "note": "Gọi người bán bằng lời tục."}


@pytest.fixture
def path(cast):
    return f"/ratings/{rated(cast, 1, 'Tệ hại.').code}/report"


@pytest.mark.parametrize("who", ["visitor", "buyer", "member", "officer"])
def test_reported(browser, cast, path, who):
    product = cast.product()
    browser.get(f"/products/{product.slug}-{product.code}")
    assert path in [link.get("href") for link in browser.all("main a")]
    if who != "visitor":
        browser.sign_in(cast.user(who))
    assert browser.get(path).status_code == 200
    assert "Tệ hại." in browser.text
    assert browser.post(path, **INSULT).status_code == 200
    assert browser.says("Thank you. An officer looks at it and decides.")
    report = db.session.query(RatingReport).one()
    assert (report.why, report.note, report.decision_id) == (Why.INSULT, INSULT["note"], None)
    assert db.session.query(Rating).one().state == "shown", "it stays until somebody decides"


def test_the_officer_is_told_once_while_it_waits(browser, cast, path):
    for _ in range(3):
        browser.post(path, **INSULT)
    heard = db.session.query(Notice).filter_by(kind="rating_reported").all()
    assert [one.user_id for one in heard] == [cast.ids["officer"]]
    assert db.session.query(RatingReport).count() == 3


def test_ten_an_hour(browser, cast, path):
    answers = [browser.post(path, **INSULT).status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]


@pytest.mark.parametrize("wrong", [{"why": ""}, {"why": "khac"}, {"note": "a" * 301}])
def test_wrong_input(browser, cast, path, wrong):
    assert browser.post(path, **INSULT | wrong).status_code == 422
    assert browser.one("textarea").text.strip() == (INSULT | wrong)["note"]
    assert db.session.query(RatingReport).count() == 0


def test_only_what_is_shown(browser, cast, path):
    hide(cast, db.session.query(Rating).one().id)
    assert (browser.get(path).status_code, browser.post(path, **INSULT).status_code) == (404, 404)
    assert browser.get("/ratings/KHONGCO0/report").status_code == 404
