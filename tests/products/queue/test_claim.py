"""Whoever opens what waits has it for a quarter of an hour; the others read, with a name."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from products.queue import services as queue
from products.queue.models import Claim
from products.queue.services import LEASE
from products.review import services as review
from products.review.models import Verdict
from products.review.services import Overtaken
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.db import db, writing
from tests.browser import Browser
from tests.cast import BINH_LU
from tests.products.review.sent import path_of, sent_edit

QUEUE = "/review/products"


@pytest.fixture
def path(cast):
    """Where one decides on an edit of the tea; both officers answer for its commune."""
    with writing():
        sent_edit(cast, name="Chè mới")
        second = cast.officer_elsewhere.id
        db.session.add(OfficerCommune(user_id=second, commune_code=BINH_LU, valid_from=clock.after(days=-1)))
    return path_of(cast.product())


@pytest.fixture
def first(app, cast, path):
    return signed_in(app, cast.officer)


@pytest.fixture
def second(app, cast, path):
    return signed_in(app, cast.officer_elsewhere)


def signed_in(app, person):
    browser = Browser(app)
    browser.sign_in(person)
    return browser


def claims():
    db.session.rollback()
    return db.session.execute(select(Claim.number, Claim.officer_id, Claim.ended_at)).all()


def at(moment):
    """Stop the clock there."""
    clock.set_for_tests(moment)


def test_opening_claims_and_others_only_read(first, second, cast, path):
    first.get(path)
    assert claims() == [(2, cast.ids["officer"], None)]
    assert first.one(".claim button").get("value") == "let_go"
    second.get(path)
    assert "Nguyễn Thị Hoa" in second.one(".notice.warn").text_content()
    assert second.all(".decision-bar") == []
    second.get(QUEUE)
    assert "Nguyễn Thị Hoa" in second.one(".queue .status.off").text_content()


def test_my_own_view(first, second, path):
    for one in (first, second):
        one.get(f"{QUEUE}?view=mine")
        assert one.all(".queue li") == []
    first.get(path)
    first.get(f"{QUEUE}?view=mine")
    assert len(first.all(".queue li")) == 1
    second.get(f"{QUEUE}?view=mine")
    assert second.all(".queue li") == []


def test_a_decision_of_another_is_refused_with_the_name(first, second, path):
    first.get(path)
    answer = second.post(path, verdict="approve")
    assert answer.status_code == 409
    assert "Nguyễn Thị Hoa" in second.text
    assert first.post(path, verdict="approve").status_code == 302
    assert claims()[0].ended_at is not None


def test_it_runs_out_and_somebody_else_takes_it(first, second, cast, path):
    first.get(path)
    start = clock.now()
    at(start + LEASE + timedelta(seconds=1))
    second.get(path)
    assert claims() == [(2, cast.ids["officer_elsewhere"], None)]
    first.get(path)
    assert first.all(".decision-bar") == []


def test_a_look_again_makes_it_longer(first, second, cast, path):
    first.get(path)
    start = clock.now()
    at(start + timedelta(minutes=10))
    first.get(path)
    at(start + timedelta(minutes=20))
    second.get(path)
    assert claims() == [(2, cast.ids["officer"], None)]


def test_keeping_and_letting_go(first, second, cast, path):
    first.get(path)
    start = clock.now()
    door = path.replace("/decision", "/claim")
    at(start + timedelta(minutes=14))
    first.post(door, claim="keep")
    at(start + timedelta(minutes=20))
    assert second.post(door, claim="let_go").status_code == 302
    assert claims() == [(2, cast.ids["officer"], None)], "only one's own is let go"
    first.post(door, claim="let_go")
    second.get(path)
    assert claims() == [(2, cast.ids["officer_elsewhere"], None)]


def test_a_page_fetched_ahead_claims_nothing(first, path):
    first.client.get(path, base_url=first.origin, headers={"Sec-Purpose": "prefetch"})
    assert claims() == []


def test_who_may_not_decide_claims_nothing(app, cast, path):
    stranger = signed_in(app, cast.officer)
    with writing():
        db.session.query(OfficerCommune).filter_by(user_id=cast.officer.id).delete()
    assert stranger.get(path).status_code == 404
    assert stranger.post(path.replace("/decision", "/claim"), claim="keep").status_code == 404
    assert claims() == []


def test_mended_is_free_for_anybody(first, second, cast, path):
    first.get(path)
    key = db.session.scalars(select(Claim.revision_id)).one()
    with writing():
        assert not queue.claim(key, 2, cast.officer_elsewhere)
        assert queue.claim(key, 3, cast.officer_elsewhere), "another number of the same revision"


def test_the_service_refuses_too(cast, first, path):
    first.get(path)
    with writing(), pytest.raises(Overtaken, match="Nguyễn Thị Hoa"):
        review.decide(cast.product(), 2, cast.officer_elsewhere, Verdict.APPROVE)
