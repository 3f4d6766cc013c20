"""Deciding about a reported rating: officers of the commune and admins, never the seller."""

import pytest

from cooperatives.models import MemberRole, Membership
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.reports import services
from shop.ratings.reports.models import RatingDecision, RatingReport, Verdict, Why
from tests.shop.ratings.bought import hide, page_of, rated, tally, violations

HIDE = {"verdict": "hide", "reason": "Lời tục, không nói về hàng."}
KEEP = {"verdict": "keep", "reason": ""}
AGAIN = {"verdict": "show_again", "reason": "Xem lại: chỉ chê hàng."}


@pytest.fixture
def path(cast):
    rating = rated(cast, 1, "Tệ hại.", email="anh@example.com")
    code, key = rating.code, rating.id
    with writing():
        services.report(db.session.get_one(Rating, key), Why.INSULT, "Lời tục")
    return f"/review/ratings/{code}"


def rating():
    return db.session.query(Rating).one()


@pytest.mark.parametrize("who", ["officer", "admin"])
def test_hidden_with_a_reason(browser, cast, path, who):
    browser.sign_in(cast.user(who))
    browser.get("/review/ratings")
    assert path in [link.get("href") for link in browser.all("main a")]
    browser.get(path)
    assert "Lời tục" in browser.text
    assert browser.post(path, **HIDE).status_code == 302
    assert (rating().state, tally(cast), violations()) == (RatingState.HIDDEN, [0] * 5, [])
    decision = db.session.query(RatingDecision).one()
    assert (decision.officer_id, decision.reason) == (cast.ids[who], HIDE["reason"])
    assert db.session.query(RatingReport).one().decision_id == decision.id
    assert db.session.query(AuditEntry).filter_by(action="rating_hide").one().actor_id == cast.ids[who]
    mail = db.session.query(OutgoingMail).filter(OutgoingMail.event.startswith("rating_hidden")).one()
    assert (mail.recipient, HIDE["reason"] in mail.body) == ("anh@example.com", True)


def test_nobody_reads_it_but_its_author_who_reads_why(browser, cast, path):
    browser.sign_in(cast.officer)
    browser.post(path, **HIDE)
    browser.sign_out()
    product = cast.product()
    browser.get(f"/products/{product.slug}-{product.code}")
    assert "Tệ hại." not in browser.text
    browser.get(page_of(rating().order))
    assert "Tệ hại." in browser.text
    assert HIDE["reason"] in browser.text


def test_kept_settles_the_report_and_changes_nothing(browser, cast, path):
    browser.sign_in(cast.officer)
    assert browser.post(path, **KEEP).status_code == 302
    assert (rating().state, tally(cast)) == (RatingState.SHOWN, [1, 0, 0, 0, 0])
    browser.get("/review/ratings")
    assert browser.says("Nothing to decide")


def test_shown_again_counts_again(browser, cast, path):
    browser.sign_in(cast.officer)
    browser.post(path, **HIDE)
    browser.get("/review/ratings?hidden=1")
    assert path in [link.get("href") for link in browser.all("main a")]
    assert browser.post(path, **AGAIN).status_code == 302
    assert (rating().state, tally(cast), violations()) == (RatingState.SHOWN, [1, 0, 0, 0, 0], [])


def test_without_a_reason_the_page_says_so(browser, cast, path):
    browser.sign_in(cast.officer)
    assert browser.get(path).status_code == 200
    assert browser.post(path, **HIDE | {"reason": ""}).status_code == 422
    assert browser.says("Say why: whoever wrote it reads this.")


def test_the_next_page_is_of_the_same_list(browser, cast, path, monkeypatch):
    monkeypatch.setattr("shop.ratings.reports.routes.PER_PAGE", 1)
    for number in range(2):
        hide(cast, rated(cast, 2, f"Lần {number}").id)
        waits = rated(cast, 2, f"Chờ {number}")
        with writing():
            services.report(waits, Why.OTHER, "")
    browser.sign_in(cast.officer)
    for page, more in (("/review/ratings", False), ("/review/ratings?hidden=1", True)):
        browser.get(page)
        (link,) = {one.get("href") for one in browser.all("main a") if "page=2" in one.get("href")}
        assert ("hidden=1" in link) is more


@pytest.mark.parametrize("press", [HIDE, KEEP])
def test_twice_is_once(browser, cast, path, press):
    browser.sign_in(cast.officer)
    assert browser.post(path, **press).status_code == 302
    assert browser.post(path, **press).status_code in {409, 422}
    assert (db.session.query(RatingDecision).count(), violations()) == (1, [])


@pytest.mark.parametrize(
    "wrong", [{"verdict": ""}, {"verdict": "delete"}, {"verdict": "show_again"}, {"reason": ""}, {"reason": "a" * 501}]
)
def test_wrong_input(browser, cast, path, wrong):
    browser.sign_in(cast.officer)
    assert browser.post(path, **HIDE | wrong).status_code == 422
    assert browser.one("textarea").text.strip() == (HIDE | wrong)["reason"]
    assert (rating().state, db.session.query(RatingDecision).count()) == (RatingState.SHOWN, 0)


@pytest.mark.parametrize(
    ("who", "status"),
    [("visitor", 401), ("buyer", 403), ("member", 403), ("second_member", 403), ("officer_elsewhere", 404)],
)
def test_nobody_else_decides(browser, cast, path, who, status):
    if who != "visitor":
        browser.sign_in(cast.user(who))
    assert browser.post(path, **HIDE).status_code == status
    assert rating().state is RatingState.SHOWN


@pytest.mark.parametrize("who", ["officer", "admin"])
def test_who_belonged_to_the_seller_does_not_decide(browser, cast, path, who):
    with writing():
        place = {"cooperative_id": cast.ids["cooperative"], "user_id": cast.ids[who]}
        db.session.add(Membership(**place, role=MemberRole.MEMBER))
    browser.sign_in(cast.user(who))
    browser.get("/review/ratings")
    assert browser.says("Nothing to decide")
    assert browser.post(path, **HIDE).status_code == 404


def test_what_nobody_reported_is_not_decided(browser, cast, path):
    other = rated(cast, 5).code
    browser.sign_in(cast.officer)
    assert browser.get(f"/review/ratings/{other}").status_code == 404
    assert browser.post(f"/review/ratings/{other}", **HIDE).status_code == 404


def test_taken_back_meanwhile(browser, cast, path):
    browser.post(f"{page_of(rating().order)}/withdrawal")
    browser.sign_in(cast.officer)
    browser.get("/review/ratings")
    assert browser.says("Nothing to decide")
    assert browser.post(path, **HIDE).status_code == 404


def test_the_database_wants_a_reason_too(cast, path):
    from sqlalchemy.exc import IntegrityError

    decision = RatingDecision(rating_id=rating().id, officer_id=cast.ids["officer"], verdict=Verdict.HIDE)
    with pytest.raises(IntegrityError), writing():
        db.session.add(decision)
