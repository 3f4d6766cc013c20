"""The door for the script of the desk: the ladder, and that one press decides once whatever becomes of the answer."""

import pytest

from products import services
from products.models import Product
from products.review.checks import CHECKS
from products.review.models import UNDO, Verdict
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU
from tests.products.review.sent import decisions_on, path_of, sent_edit, sent_goods, taken, ten_seconds_pass

PRESS = "PRESS001"


@pytest.fixture
def goods(cast):
    with writing():
        product = sent_goods(cast)
    return product.id


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def the(key):
    return db.session.get_one(Product, key)


def send(browser, key, press=PRESS, number=None, headers=(), end="", **fields):
    path = path_of(the(key), number).replace("/decision", "/press") + end
    own = {"X-Draft-Key": press, "Origin": browser.origin, "Accept": "application/json", **dict(headers)}
    db.session.remove()
    return browser.client.post(path, base_url=browser.origin, headers=own, data=fields)


def kept(key):
    db.session.rollback()
    return [(one.verdict, one.number, one.press) for one in decisions_on(key)]


def test_it_decides_and_says_what_comes_next(goods, desk, cast):
    with writing():
        sent_edit(cast, name="Chè mới")
    following = path_of(cast.product())
    answer = send(desk, goods, headers={"X-Opens": "1"}, verdict="approve").json
    assert kept(goods) == [(Verdict.APPROVE, 1, PRESS)]
    assert answer["next"] == following
    assert f"{path_of(the(goods))}/withdrawal" in answer["undo"]
    assert following.replace("/decision", "/claim") in answer["claim"]
    ten_seconds_pass()
    assert [fault for check in CHECKS for fault in check()] == []


def test_sent_in_the_background_it_takes_nothing_for_the_officer(goods, desk, cast):
    with writing():
        sent_edit(cast, name="Chè mới")
    assert send(desk, goods, verdict="approve").json["claim"] == ""


def test_the_view_stays_and_the_end_is_the_queue(goods, desk):
    assert send(desk, goods, end="?view=new", verdict="approve").json["next"] == "/review/products?view=new"


@pytest.mark.parametrize("wait", [0, 1])
def test_the_same_press_again_is_the_first(goods, desk, wait):
    send(desk, goods, verdict="approve")
    if wait:
        ten_seconds_pass()
    answer = send(desk, goods, verdict="approve")
    assert (answer.status_code, bool(answer.json["undo"])) == (200, not wait)
    assert kept(goods) == [(Verdict.APPROVE, 1, PRESS)]


def test_what_was_undone_is_not_decided_by_a_late_sending(goods, desk):
    send(desk, goods, verdict="approve")
    desk.post(f"{path_of(the(goods))}/withdrawal")
    assert send(desk, goods, verdict="approve").json["undo"] == ""
    answer = send(desk, goods, verdict="reject", note="Không")
    assert (answer.status_code, len(kept(goods))) == (409, 1)
    assert desk.post(path_of(the(goods)), verdict="approve", press=PRESS).location == path_of(the(goods))
    assert len(kept(goods)) == 1
    assert send(desk, goods, press="PRESS002", verdict="approve").status_code == 200
    assert len(kept(goods)) == 2


def test_decided_from_another_page_it_is_done_already(goods, desk):
    desk.post(path_of(the(goods)), verdict="approve", press="PRESS002")
    assert send(desk, goods, verdict="approve").status_code == 200
    answer = send(desk, goods, verdict="reject", note="Không")
    assert (answer.status_code, len(kept(goods))) == (409, 1)
    again = desk.post(path_of(the(goods)), verdict="approve", press="PRESS003")
    assert again.status_code == 302
    desk.get(again.location, follow=True)
    assert desk.says("You decided this already.")
    assert len(kept(goods)) == 1


def test_somebody_else_was_first(goods, browser, cast):
    with writing():
        second = cast.officer_elsewhere.id
        db.session.add(OfficerCommune(user_id=second, commune_code=BINH_LU, valid_from=clock.after(days=-1)))
    taken(cast, the(goods), Verdict.APPROVE)
    browser.sign_in(cast.officer_elsewhere)
    answer = send(browser, goods, verdict="approve")
    assert answer.status_code == 409
    assert "Nguyễn Thị Hoa" in answer.json["error"]


def test_the_seller_changed_it(goods, desk, cast):
    with writing():
        services.take_back(the(goods), cast.member)
        services.submit(the(goods), cast.member)
    answer = send(desk, goods, number=1, verdict="approve")
    assert (answer.status_code, kept(goods)) == (409, [])


@pytest.mark.parametrize("fields", [{}, {"verdict": "maybe"}, {"verdict": "return"}, {"verdict": "reject"}])
def test_bad_input_decides_nothing(goods, desk, fields):
    answer = send(desk, goods, **fields)
    assert (answer.status_code, bool(answer.json["error"]), kept(goods)) == (422, True, [])


def test_who_may_not(goods, browser, cast):
    assert send(browser, goods, verdict="approve").status_code == 401
    for who, status in (("member", 403), ("admin", 403), ("officer_elsewhere", 404)):
        browser.sign_in(getattr(cast, who))
        assert send(browser, goods, verdict="approve").status_code == status
    assert kept(goods) == []


def test_ones_own_work_is_refused_alone(browser, cast, goods):
    with writing():
        the(goods).cooperative  # noqa: B018 - loaded
        revision = services.queries.last_revision(the(goods))
        revision.submitted_by_id = cast.officer.id
    browser.sign_in(cast.officer)
    answer = send(browser, goods, verdict="approve")
    assert (answer.status_code, kept(goods)) == (409, [])


def test_no_page_of_another_origin_presses(goods, desk):
    for headers in ({"Origin": "https://elsewhere.example"}, {"X-Draft-Key": ""}):
        assert send(desk, goods, headers=headers, verdict="approve").status_code == 403
    assert send(desk, goods, headers={"X-Owner": "999999"}, verdict="approve").status_code == 401
    assert kept(goods) == []


def test_a_long_name_of_a_press_is_cut(goods, desk):
    send(desk, goods, press="x" * 500, verdict="approve")
    assert kept(goods) == [(Verdict.APPROVE, 1, "x" * 36)]
    clock.pass_for_tests(UNDO)
