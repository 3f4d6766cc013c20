"""Ratings at the same moment: two presses for one line are one rating, and the count is that of all ratings."""

from collections import Counter

import pytest

from shop.core.db import db, writing
from shop.ratings import services
from shop.ratings.models import Rating
from shop.ratings.reports import services as reports
from shop.ratings.reports.models import RatingDecision, Verdict, Why
from tests.races.starting import every_round, person, together
from tests.shop.ratings.bought import delivered, page_of, tally, violations
from tests.visitor import Visitor

pytestmark = pytest.mark.race
PRESSES = 6
GOOD = {"words": "Thơm.", "shown_as": "name"}


@every_round
def test_pressed_at_once_it_is_one_rating(market, round_, record_property):
    with market.app.app_context():
        orders = [delivered(market.cast) for _ in range(2)]
        keys, paths = [order.id for order in orders], [page_of(order) for order in orders]
        before = tally(market.cast)
        db.session.remove()
    hands = [(Visitor(market.url), path, "5") for path in paths for _ in range(PRESSES)]
    answers = together(lambda one: one[0].post(one[1], stars=one[2], **GOOD), hands)
    assert Counter(answer.status for answer in answers) == {302: 2 * PRESSES}
    with market.app.app_context():
        assert db.session.query(Rating).filter(Rating.order_id.in_(keys)).count() == 2
        assert [after - was for after, was in zip(tally(market.cast), before, strict=True)] == [0, 0, 0, 0, 2]
        assert violations() == []
    record_property("figure", f"I13, {2 * PRESSES} presses for 2 lines: 2 ratings, counted twice")


@every_round
def test_different_words_at_once_one_wins(market, round_):
    with market.app.app_context():
        path = page_of(delivered(market.cast))
        db.session.remove()
    hands = [(Visitor(market.url), stars) for stars in ("1", "2", "3", "4", "5")]
    answers = together(lambda one: one[0].post(path, stars=one[1], **GOOD), hands)
    assert Counter(answer.status for answer in answers) == {302: 1, 409: 4}
    with market.app.app_context():
        assert violations() == []


@every_round
def test_taken_back_while_it_is_hidden(market, round_):
    """Its author and an officer at once: either order, and the count is right."""
    with market.app.app_context():
        order = delivered(market.cast)
        path, key = page_of(order), order.id
        db.session.remove()
    buyer, officer = Visitor(market.url), person(market, "officer")
    assert buyer.post(path, stars="1", **GOOD).status == 302
    with market.app.app_context():
        with writing():
            rating = db.session.query(Rating).filter_by(order_id=key).one()
            reports.report(rating, Why.OTHER, "")
            code = rating.code
        db.session.remove()
    acts = [
        lambda: buyer.post(f"{path}/withdrawal").status,
        lambda: officer.post(f"/review/ratings/{code}", verdict="hide", reason="Không nói về hàng.").status,
        lambda: buyer.post(f"{path}?change=1", stars="3", **GOOD).status,
    ]
    done = together(lambda act: act(), acts)
    assert done[0] == 302
    with market.app.app_context():
        assert violations() == []
        hid = db.session.query(RatingDecision).join(Rating, Rating.id == RatingDecision.rating_id)
        assert hid.filter(Rating.code == code, RatingDecision.verdict == Verdict.HIDE).count() == (done[1] == 302)
        with writing(), pytest.raises(services.Conflict):
            services.take_back(db.session.query(Rating).filter_by(code=code).one(), None)
