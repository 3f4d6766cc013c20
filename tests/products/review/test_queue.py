"""The officer's queue: oldest first, his communes only, narrowed, in stretches, at the price of a few queries."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import MemberRole, Membership
from products import services
from products.lifecycle import RevisionState
from products.models import Product
from products.photos import services as draft_photos
from products.review.models import Verdict
from products.review.queries import PER_PAGE
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU, SIN_SUOI_HO, THAN_UYEN, make_photo, make_product
from tests.products.review.sent import decided, path_of, sent_edit, sent_goods

QUEUE = "/review/products"


def waiting(cast, number, name="Chè", seller="cooperative"):
    """Goods that wait, each sent a minute after the one before; oldest first."""
    start = clock.now() - timedelta(hours=5)
    with writing():
        person = cast.member if seller == "cooperative" else cast.stranger
        for place in range(number):
            clock.set_for_tests(start + timedelta(minutes=place))
            price = {"category": "tea", "price": 1000, "on_hand": 1}
            make_product(cast.cooperative(seller), person, f"{name} {place}", **price, state=RevisionState.SUBMITTED)
    clock.set_for_tests(None)


def names(browser):
    return [one.text_content() for one in browser.all(".queue h2 a")]


def views(browser):
    return {
        " ".join(one.text_content().split()[:-1]): int(one.cssselect(".number")[0].text)
        for one in browser.all(".views a")
    }


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def test_nothing_waits(desk):
    desk.get(QUEUE)
    assert desk.says("No goods wait here.")


def test_oldest_first_and_only_what_was_sent(desk, cast):
    waiting(cast, 3)
    with writing():
        for state in (RevisionState.DRAFT, RevisionState.RETURNED, RevisionState.REJECTED):
            make_product(
                cast.cooperative(), cast.member, f"Không {state}", category="tea", price=1, on_hand=1, state=state
            )
    desk.get(QUEUE)
    assert names(desk) == ["Chè 0", "Chè 1", "Chè 2"]


def test_only_his_communes(browser, cast):
    waiting(cast, 2)
    browser.sign_in(cast.officer_elsewhere)
    browser.get(QUEUE)
    assert names(browser) == []
    assert browser.get(f"{QUEUE}?commune={BINH_LU}").status_code == 404


def test_views_count_and_narrow(desk, cast):
    waiting(cast, 2)
    waiting(cast, 1, "Mật ong", "other_cooperative")
    with writing():
        sent_edit(cast, name="Chè mới")
    desk.get(QUEUE)
    assert sorted(views(desk).values()) == [1, 1, 3, 3, 4, 4]
    desk.get(f"{QUEUE}?kind=edit")
    assert names(desk) == ["Chè mới"]
    desk.get(f"{QUEUE}?kind=new&commune={SIN_SUOI_HO}")
    assert names(desk) == ["Mật ong 0"]
    assert {one.get("href") for one in desk.all(".views [aria-current]")} == {f"{QUEUE}?kind=new&commune={SIN_SUOI_HO}"}


@pytest.mark.parametrize("query", ["?kind=old", f"?commune={THAN_UYEN}", "?commune=x"])
def test_what_is_no_view(desk, query):
    assert desk.get(QUEUE + query).status_code == 404


@pytest.mark.parametrize("cursor", ["", "x", "W10", "WyJ4Iiwx"])
def test_a_cursor_that_is_none_means_the_beginning(desk, cast, cursor):
    waiting(cast, 1)
    assert desk.get(f"{QUEUE}?after={cursor}").status_code == 200
    assert names(desk) == ["Chè 0"]


def test_stretches_of_fifty(desk, cast):
    waiting(cast, PER_PAGE + 2)
    desk.get(QUEUE)
    first = names(desk)
    assert len(first) == PER_PAGE
    desk.get(desk.one(".paging a[rel=next]").get("href"))
    assert names(desk) == [f"Chè {PER_PAGE}", f"Chè {PER_PAGE + 1}"]
    assert desk.all(".paging a")[0].get("href") == QUEUE


def test_suspended_sellers_goods_wait_unseen(desk, cast):
    waiting(cast, 1)
    with writing():
        cast.cooperative().state = CooperativeState.SUSPENDED
    desk.get(QUEUE)
    assert names(desk) == []


def test_marks_say_what_needs_care(desk, cast):
    with writing():
        key = sent_goods(cast, price="1k").id
    decided(cast, db.session.get_one(Product, key), Verdict.RETURN, "Thêm ảnh")
    with writing():
        services.submit(db.session.get_one(Product, key), cast.member)
        db.session.add(
            Membership(cooperative_id=cast.cooperative().id, user_id=cast.officer.id, role=MemberRole.MEMBER)
        )
    clock.set_for_tests(clock.now() + timedelta(days=3))
    desk.get(QUEUE)
    for sentence in ("New goods", "Your own cooperative", "Waits too long", "Mended, back again", "Only one photo"):
        assert desk.says(sentence), sentence
    assert desk.says("Unusual price")
    assert not desk.says("First goods of this seller")
    assert all(one.cssselect(".shape") for one in desk.all(".queue .status"))


@pytest.fixture
def cost(desk):
    """Count the queries of a page that is asked for a second time."""
    seen = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    def count(path):
        desk.get(path)
        seen.clear()
        desk.get(path)
        return len([one for one in seen if not one.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK"))])

    event.listen(db.engine, "before_cursor_execute", note)
    yield count
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_long_queue_costs_no_more_queries(desk, cast, cost):
    waiting(cast, 1)
    few, shown = cost(QUEUE), len(names(desk))
    waiting(cast, 60)
    many, all_shown = cost(QUEUE), len(names(desk))
    assert (shown, all_shown) == (1, PER_PAGE)
    assert few == many
    assert many <= 8


def test_nor_does_a_long_story_with_many_photos(cast, cost):
    with writing():
        sent_edit(cast, name="Chè mới")
    few = cost(path_of(cast.product()))
    for time in "123":
        decided(cast, cast.product(), Verdict.RETURN, "Thêm ảnh")
        with writing():
            for digest in (f"{time}{letter}" * 32 for letter in "ab"):
                make_photo(cast.cooperative(), cast.member, digest)
                draft_photos.add(cast.product(), digest, cast.member)
            services.submit(cast.product(), cast.member)
    assert cost(path_of(cast.product())) == few <= 20
