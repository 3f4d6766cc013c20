"""What is done to one rating leaves every other one as it was; and each list shows its own."""

from datetime import timedelta

import pytest

from shop.audit.models import AuditEntry
from shop.checkout.tracking.rating import to_rate
from shop.core import clock
from shop.core.db import db, writing
from shop.orders.changes.queries import lines_now
from shop.ratings import services
from shop.ratings.answers import queries
from shop.ratings.answers import services as answering
from shop.ratings.answers.models import RatingAnswer
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import FormerRating, Rating
from shop.ratings.reports import services as reports
from shop.ratings.reports.models import RatingReport, Verdict, Why
from shop.ratings.reports.queries import decisions_of, reports_of, why_hidden
from shop.ratings.services import Told
from tests.shop.ratings.bought import hide, page_of, rated, tally, violations


@pytest.fixture
def two(cast):
    """The ids of two ratings of the same goods."""
    return [rated(cast, 5, "Thơm.").id, rated(cast, 1, "Bị ẩm.").id]


def fresh(key):
    return db.session.get_one(Rating, key, populate_existing=True)


def answered(person, key, words):
    with writing():
        answering.answer(fresh(key), words, person)


def test_changed_or_taken_back_alone(cast, two):
    first, second = two
    with writing():
        services.change(fresh(second), Told(2, "Cũng được.", named=True, language="vi"), None)
    with writing():
        services.change(fresh(first), Told(4, "Khá thơm.", named=True, language="vi"), None)
    assert (fresh(second).stars, fresh(second).words) == (2, "Cũng được.")
    with writing():
        services.take_back(fresh(first), None)
    assert (fresh(second).state, fresh(second).words) == (RatingState.SHOWN, "Cũng được.")
    kept = {row.rating_id: row.words for row in db.session.query(FormerRating)}
    assert kept == {first: "", second: "Bị ẩm."}
    assert (tally(cast), violations()) == ([0, 1, 0, 0, 0], [])


def test_hidden_alone_with_its_own_reports_and_reason(cast, two):
    first, second = two
    with writing():
        reports.report(fresh(second), Why.INSULT, "Lời tục")
    hide(cast, first)
    assert (fresh(first).state, fresh(second).state) == (RatingState.HIDDEN, RatingState.SHOWN)
    assert list(reports_of(two)) == [second]
    assert list(reports_of([first])) == []
    assert [len(decisions_of(fresh(key))) for key in two] == [1, 0]
    assert [why_hidden(fresh(key)) for key in two] == ["Không nói về hàng.", ""]
    waiting = db.session.query(RatingReport).filter(RatingReport.decision_id.is_(None)).all()
    assert [one.rating_id for one in waiting] == [second]
    assert violations() == []


def test_each_rating_has_its_own_officers_told(cast, two):
    """The second is reported while the first one waits: its officers hear of it too."""
    from shop.notices.models import Notice

    for key in two:
        with writing():
            reports.report(fresh(key), Why.OTHER, "")
    heard = [one.url for one in db.session.query(Notice).filter_by(kind="rating_reported")]
    assert len(heard) == len(set(heard)) == 2


def test_the_reason_is_that_of_the_last_time(cast, two):
    key = two[0]
    hide(cast, key)
    with writing():
        reports.decide(fresh(key), cast.officer, Verdict.SHOW_AGAIN, "Xem lại.")
    with writing():
        reports.decide(fresh(key), cast.officer, Verdict.HIDE, "Lần nữa.")
    assert why_hidden(fresh(key)) == "Lần nữa."
    assert [one.verdict for one in decisions_of(fresh(key))] == [Verdict.HIDE, Verdict.SHOW_AGAIN, Verdict.HIDE]


def test_answered_alone_and_each_change_is_kept(cast, two):
    first, second = two
    answered(cast.member, first, "Cảm ơn chị.")
    answered(cast.member, second, "Xin lỗi chị.")
    answered(cast.second_member, second, "Rất xin lỗi chị.")
    assert {row.rating_id: row.words for row in db.session.query(RatingAnswer)} == {
        first: "Cảm ơn chị.",
        second: "Rất xin lỗi chị.",
    }
    assert list(queries.answers_to([first])) == [first]
    actions = [row.action for row in db.session.query(AuditEntry) if row.action.startswith("rating_answer")]
    assert actions == ["rating_answered", "rating_answered", "rating_answer_changed"]


def test_the_list_of_a_seller_is_its_own_and_what_is_shown(browser, cast, two):
    first, second = two
    foreign = rated(cast, 3, "Mật ngọt.", goods="honey").id
    hidden = rated(cast, 2, "Không hay.").id
    hide(cast, hidden)
    answered(cast.member, first, "Cảm ơn chị.")

    def ids(**how):
        return [one.id for one in db.session.scalars(queries.of_person(cast.member, **how))]

    assert ids() == [second, first]
    assert ids(unanswered=True) == [second]
    assert foreign not in ids()
    codes = {key: fresh(key).code for key in two}
    browser.sign_in(cast.member)
    for path, shown in (("/my/ratings", two), ("/my/ratings?open=1", [second])):
        browser.get(path)
        links = [link.get("href") for link in browser.all("main a")]
        assert [key for key in two if f"/my/ratings/{codes[key]}" in links] == shown
    for key, words in ((first, "Thơm."), (second, "Bị ẩm.")):
        browser.get(f"/my/ratings/{codes[key]}")
        assert words in browser.text


def test_the_next_page_of_what_is_unanswered_is_of_that_too(browser, cast, two, monkeypatch):
    monkeypatch.setattr("shop.ratings.answers.routes.PER_PAGE", 1)
    browser.sign_in(cast.member)
    for path, more in (("/my/ratings?open=1", True), ("/my/ratings", False)):
        browser.get(path)
        (link,) = {one.get("href") for one in browser.all("main a") if "page=2" in one.get("href")}
        assert ("open=1" in link) is more


def test_an_answer_is_seen_and_changed_where_it_stands(browser, cast, two):
    path = f"/my/ratings/{fresh(two[0]).code}"
    browser.sign_in(cast.member)
    assert browser.get(path).status_code == 200
    assert not (browser.one("textarea").text or "").strip()
    browser.post(path, words="Cảm ơn chị.")
    assert browser.get(path).status_code == 200
    assert browser.one("textarea").text.strip() == "Cảm ơn chị."
    assert browser.post(path, words="a" * 1001).status_code == 422
    assert browser.one("textarea").text.strip() == "a" * 1001
    with writing():
        db.session.query(RatingAnswer).one().answered_at = clock.now() - timedelta(days=15)
    assert browser.post(path, words="Lại đổi.").status_code == 409
    assert browser.says("This answer cannot be changed any more.")


def test_a_hidden_one_is_read_by_its_seller_and_not_answered(browser, cast, two):
    path = f"/my/ratings/{fresh(two[0]).code}"
    hide(cast, two[0])
    browser.sign_in(cast.member)
    assert browser.get(path).status_code == 200
    assert browser.all("textarea") == []


def test_the_page_of_the_purchase_links_what_can_be_rated_or_was(browser, cast):
    rating = rated(cast)
    page, path, key = f"/purchases/{rating.order.purchase.token}", page_of(rating.order), rating.id

    def linked():
        browser.get(page)
        return path in [link.get("href") for link in browser.all("main a")]

    assert linked()
    with writing():
        event = next(one for one in fresh(key).order.events if one.action == "deliver")
        event.at = clock.now() - timedelta(days=181)
    assert linked(), "what was rated in time stays"
    with writing():
        services.take_back(fresh(key), None)
    assert not linked()
    purchase = fresh(key).order.purchase
    assert to_rate(purchase, lines_now(purchase.orders)) == {}, "no heading over nothing"


def test_too_late_nothing_is_offered(browser, cast):
    from shop.orders.models import OrderEvent
    from tests.shop.ratings.bought import delivered

    order = delivered(cast)
    page, path = f"/purchases/{order.purchase.token}", page_of(order)
    with writing():
        db.session.query(OrderEvent).filter_by(action="deliver").one().at = clock.now() - timedelta(days=181)
    browser.get(page)
    assert path not in [link.get("href") for link in browser.all("main a")]
