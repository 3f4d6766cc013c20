"""Answering a lesson's question: a right answer of somebody signed in is kept once, and a visitor learns as much."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from cooperatives.helping.models import Scope
from cooperatives.lessons.catalogue import ORDER, lesson
from cooperatives.lessons.models import FinishedLesson
from cooperatives.lessons.queries import unfinished
from shop.accounts.models import Role
from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.desk.visits.queries import who_needs_one
from shop.privacy.erasing import erase
from shop.privacy.gathering import gathered
from tests.browser import Browser
from tests.cooperatives.helping import helped

PAGE = "/lessons/photo"


def number(code: str, *, right: bool) -> str:
    found = lesson(code, "vi")
    assert found is not None
    return str(next(place for place, one in enumerate(found.answers, 1) if one.right is right))


RIGHT, WRONG = number("photo", right=True), number("photo", right=False)


def kept() -> list[FinishedLesson]:
    return list(db.session.scalars(select(FinishedLesson).order_by(FinishedLesson.id)))


def test_a_right_answer_is_kept_and_explained(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    answer = browser.post(PAGE, token=False, answer=RIGHT)
    assert answer.headers["Location"] == f"{PAGE}?answer={RIGHT}#question"
    (row,) = kept()
    assert (row.user_id, row.cooperative_id) == (cast.ids["member"], cast.ids["cooperative"])
    assert (row.lesson, row.version) == ("photo", 1)
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "lesson_finished")).one()
    assert (entry.actor_id, entry.subject_id, entry.on_behalf_of_id) == (row.user_id, row.user_id, None)
    assert entry.facts == {"lesson": "photo", "version": 1, "cooperatives": [cast.ids["cooperative"]]}
    browser.get(f"{PAGE}?answer={RIGHT}")
    assert browser.says("Right.")
    assert lesson("photo", "vi").right.why in browser.text


def test_a_wrong_one_is_explained_and_may_be_tried_again(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.post(PAGE, token=False, follow=True, answer=WRONG)
    assert browser.says("Not yet. Try again.")
    assert lesson("photo", "vi").answers[int(WRONG) - 1].why in browser.text
    assert kept() == []
    browser.post(PAGE, token=False, answer=RIGHT)
    assert len(kept()) == 1


def test_twice_is_once(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    for _ in range(2):
        assert browser.post(PAGE, token=False, answer=RIGHT).status_code == 302
    assert len(kept()) == 1
    rows = select(func.count()).where(AuditEntry.action == "lesson_finished")
    assert db.session.scalar(rows) == 1


def test_a_visitor_learns_and_leaves_nothing(browser: Browser, cast) -> None:
    browser.post("/en/lessons/photo", token=False, follow=True, answer=RIGHT)
    assert browser.says("Right.", "en")
    assert kept() == []
    assert "Set-Cookie" not in browser.response.headers


@pytest.mark.parametrize("sent", ["", "0", "9", "x", "²"])
def test_what_is_no_answer(browser: Browser, cast, sent: str) -> None:
    browser.sign_in(cast.member)
    assert browser.post(PAGE, token=False, answer=sent).headers["Location"] == f"{PAGE}#question"
    assert browser.get(f"{PAGE}?answer={sent}").status_code == 200
    assert browser.all(".notice:not([hidden])") == []
    assert kept() == []


def test_there_is_no_such_lesson(browser: Browser, cast) -> None:
    assert browser.get("/lessons/nothing").status_code == 404
    assert browser.post("/lessons/nothing", token=False, answer="1").status_code == 404


def test_who_owes_the_second_factor_is_nobody_yet(browser: Browser, cast) -> None:
    browser.sign_in(cast.officer, factor=False)
    browser.post(PAGE, token=False, answer=RIGHT)
    assert kept() == []


def test_who_belongs_to_no_seller_learns_for_themselves(browser: Browser, cast) -> None:
    browser.sign_in(cast.helper)
    for _ in range(2):
        browser.post(PAGE, token=False, answer=RIGHT)
    (row,) = kept()
    assert (row.user_id, row.cooperative_id) == (cast.ids["helper"], None)
    browser.get("/my/lessons")
    assert len(browser.all(".status.ok")) == 1


def test_a_helper_finishes_it_for_the_household(browser: Browser, cast) -> None:
    code = helped.helping(browser, cast, Scope.GOODS)
    browser.post(PAGE, token=False, answer=RIGHT)
    (row,) = kept()
    assert (row.user_id, row.cooperative_id) == (cast.ids["helper"], cast.ids["cooperative"])
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "lesson_finished")).one()
    assert (entry.on_behalf_of_id, entry.facts["consent"]) == (cast.ids["member"], code)
    browser.sign_in(cast.second_member)
    browser.get("/my/lessons")
    assert cast.helper.name in browser.text
    browser.get("/helped")
    assert browser.says("Finished a lesson")


def test_when_the_consent_has_ended_it_is_no_more_for_them(browser: Browser, cast) -> None:
    code = helped.helping(browser, cast)
    ended = Browser(browser.app)
    ended.sign_in(cast.member)
    ended.post(f"/helped/consents/{code}/end")
    browser.post(PAGE, token=False, answer=RIGHT)
    assert [row.cooperative_id for row in kept()] == [None]


def test_a_new_version_is_to_be_read_again(browser: Browser, cast) -> None:
    with writing():
        told = {"user_id": cast.ids["member"], "cooperative_id": cast.ids["cooperative"]}
        db.session.add(FinishedLesson(**told, lesson="photo", version=7))
    assert unfinished([cast.ids["cooperative"]]) == {cast.ids["cooperative"]: len(ORDER)}
    browser.sign_in(cast.member)
    browser.post(PAGE, token=False, answer=RIGHT)
    assert unfinished([cast.ids["cooperative"]]) == {cast.ids["cooperative"]: len(ORDER) - 1}


@pytest.mark.parametrize(("name", "status"), [("helper", 200), ("officer", 200), ("member", 403), ("stranger", 403)])
def test_team_and_officer_see_what_is_finished(browser: Browser, cast, name: str, status: int) -> None:
    helped.team(cast)
    browser.sign_in(cast.member)
    browser.post(PAGE, token=False, answer=RIGHT)
    browser.sign_in(cast.user(name))
    assert browser.get(f"/visits/sellers/{cast.cooperative().code}").status_code == status
    if status == 200:
        assert len(browser.all(".status.ok")) == 1
        assert cast.member.name in browser.text


def test_lessons_not_finished_ask_for_a_visit_a_month_after_admission(browser: Browser, cast) -> None:
    helped.team(cast)
    browser.sign_in(cast.member)  # somebody was here
    assert who_needs_one(cast.helper, {Role.HELPER}) == []
    with writing():
        cast.cooperative().active_since -= timedelta(days=31)
    (need,) = who_needs_one(cast.helper, {Role.HELPER})
    assert (need.lessons, need.unlearnt, need.issues, need.away) == (len(ORDER), True, 0, False)
    for code in ORDER:
        browser.post(f"/lessons/{code}", token=False, answer=number(code, right=True))
    assert who_needs_one(cast.helper, {Role.HELPER}) == []


def test_what_was_learnt_is_in_ones_data_and_goes_with_an_erasure(browser: Browser, cast) -> None:
    for name in ("buyer", "second_member"):
        browser.sign_in(cast.user(name))
        browser.post(PAGE, token=False, answer=RIGHT)
    assert [row["lesson"] for row in gathered(cast.buyer)["lessons"]] == ["photo"]
    with writing():
        erase(cast.buyer)
        erase(cast.second_member)
    assert [row.cooperative_id for row in kept()] == [cast.ids["cooperative"]]  # the seller still has it


def test_the_first_page_names_the_next_one(browser: Browser, cast) -> None:
    browser.sign_in(cast.member)
    browser.get("/desk")
    assert browser.one('a[href="/lessons/photo"]') is not None
    browser.post(PAGE, token=False, answer=RIGHT)
    browser.get("/desk")
    assert browser.one('a[href="/lessons/price"]') is not None
    browser.sign_in(cast.buyer)
    browser.get("/desk")
    assert not [link for link in browser.all("a") if "/lessons" in (link.get("href") or "")]


def test_the_page_is_the_same_for_everybody(browser: Browser, cast) -> None:
    seen = browser.get(PAGE)
    assert seen.headers["Cache-Control"].startswith("public")
    browser.sign_in(cast.member)
    browser.post(PAGE, token=False, answer=RIGHT)
    assert browser.get(PAGE).data == seen.data
