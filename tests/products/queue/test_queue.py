"""The officer's queue: oldest first, his communes only, narrowed, in stretches, at the price of a few queries."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import event

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import MemberRole, Membership
from products import services
from products.lifecycle import RevisionState
from products.models import Product
from products.queue.queries import PER_PAGE
from products.review.models import Verdict
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU, SIN_SUOI_HO, THAN_UYEN, make_product
from tests.products.review.sent import decided, sent_edit, sent_goods

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


def views(browser, place):
    """How many wait in each view of a row of views, by what its address adds; "" is everything."""
    row = browser.all(".views")[place]
    part = ("view", "commune")[place]
    asked = [dict(parse_qsl(urlsplit(one.get("href")).query)) for one in row.cssselect("a")]
    numbers = [int(one.text) for one in row.cssselect(".number")]
    return {given.get(part, ""): number for given, number in zip(asked, numbers, strict=True)}


def fresh(cast, name, seller, category):
    """New goods that wait; inside writing()."""
    person = cast.member if seller == "cooperative" else cast.stranger
    given = {"category": category, "price": 1000, "on_hand": 1, "state": RevisionState.SUBMITTED}
    return make_product(cast.cooperative(seller), person, name, **given)


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
    expected = {"": 4, "late": 0, "new": 3, "edit": 1, "new-seller": 0, "risky": 0, "second": 0, "back": 0, "mine": 0}
    assert views(desk, 0) == expected
    assert views(desk, 1) == {"": 4, BINH_LU: 3, SIN_SUOI_HO: 1}
    desk.get(f"{QUEUE}?view=edit")
    assert names(desk) == ["Chè mới"]
    desk.get(f"{QUEUE}?view=new&commune={SIN_SUOI_HO}")
    assert names(desk) == ["Mật ong 0"]
    assert {one.get("href") for one in desk.all(".views [aria-current]")} == {f"{QUEUE}?view=new&commune={SIN_SUOI_HO}"}


@pytest.mark.parametrize("query", ["?view=old", f"?commune={THAN_UYEN}", "?commune=x"])
def test_what_is_no_view(desk, query):
    assert desk.get(QUEUE + query).status_code == 404


@pytest.mark.parametrize(
    ("view", "expected"),
    [
        ("new-seller", ["Rượu ngô"]),
        ("risky", ["Rượu ngô"]),
        ("back", ["Chè Shan tuyết Bình Lư"]),
        ("late", ["Chè cũ"]),
    ],
)
def test_each_view_holds_what_it_says(desk, cast, view, expected):
    clock.set_for_tests(datetime(2026, 11, 24, 3, tzinfo=UTC))  # a Tuesday
    with writing():
        fresh(cast, "Chè cũ", "cooperative", "tea")
    clock.set_for_tests(datetime(2026, 11, 27, 3, tzinfo=UTC))
    with writing():
        sent_edit(cast, summary="Hái tay")
    decided(cast, cast.product(), Verdict.RETURN, "Thêm ảnh")
    with writing():
        services.submit(cast.product(), cast.member)
        newcomer = cast.cooperative("other_cooperative")
        cast.product("honey").approved_revision_id = None
        fresh(cast, "Rượu ngô", "other_cooperative", "beverage")
        assert newcomer.code
    desk.get(f"{QUEUE}?view={view}")
    assert names(desk) == expected
    assert views(desk, 0)[view] == 1


@pytest.mark.parametrize("asked", ["che san tuyet", "CHÈ", "hop tac xa", "tuyết bình"])
def test_search_finds_without_marks(desk, cast, asked):
    with writing():
        sent_edit(cast, name="Chè Shan tuyết mới")
        fresh(cast, "Mật ong rừng", "other_cooperative", "honey")
    desk.get(f"{QUEUE}?q={asked}")
    found = ["Chè Shan tuyết mới"] if asked != "che san tuyet" else []
    assert names(desk) == found


def test_search_by_code_and_what_is_not_there(desk, cast):
    with writing():
        code = fresh(cast, "Mật ong rừng", "other_cooperative", "honey").code
    desk.get(f"{QUEUE}?q={code.lower()}&view=new")
    assert names(desk) == ["Mật ong rừng"]
    desk.get(f"{QUEUE}?q=khong-co&view=new")
    assert desk.says("Nothing waits under “%(text)s”", text="khong-co")
    assert desk.one(".empty a").get("href") == f"{QUEUE}?view=new"


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
    clock.set_for_tests(datetime(2026, 11, 27, 3, tzinfo=UTC))  # a Friday
    with writing():
        key = sent_goods(cast, price="1k").id
    decided(cast, db.session.get_one(Product, key), Verdict.RETURN, "Thêm ảnh")
    with writing():
        services.submit(db.session.get_one(Product, key), cast.member)
        db.session.add(
            Membership(cooperative_id=cast.cooperative().id, user_id=cast.officer.id, role=MemberRole.MEMBER)
        )
    clock.set_for_tests(datetime(2026, 11, 30, 2, tzinfo=UTC))
    desk.sign_in(cast.officer)
    desk.get(QUEUE)
    assert desk.says("Working day %(day)s of %(target)s", day=1, target=2)
    clock.set_for_tests(datetime(2026, 12, 1, 4, tzinfo=UTC))
    desk.sign_in(cast.officer)
    desk.get(QUEUE)
    assert "Chờ quá lâu: 2 ngày làm việc" in desk.one(".queue .status.bad").text_content()
    for sentence in ("New goods", "Your own cooperative", "Mended, back again", "Only one photo"):
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
