"""What stands beside goods on their page, and on the page of goods that are gone."""

import pytest

from cooperatives.lifecycle import CooperativeState
from products.models import Product
from products.search.services import refresh
from shop.core.db import db, writing
from shop.related.tasks import relate
from tests.shop.related.pairs import bought, counted, goods, path_of
from tests.shop.storefront.counting import statements


def names(browser, section: str) -> list[str]:
    return [node.text_content() for node in browser.all(f"section[aria-labelledby={section}] .card-name a")]


@pytest.fixture
def path(cast):
    counted(cast)
    return path_of(cast.ids["tea"])


def test_both_lists_stand_there_once_it_was_counted(browser, cast, path):
    goods(cast, "Chè vàng", seller="cooperative")
    browser.get(path)
    assert names(browser, "together") == ["Mật ong Sin Suối Hồ"]
    assert names(browser, "similar") == ["Chè Shan tuyết Sin Suối Hồ"]
    assert names(browser, "more") == ["Chè vàng"]
    assert browser.one("section[aria-labelledby=similar] a[href='/ranking#beside']") is not None


def test_goods_stand_there_once(browser, cast, path):
    cast.ids["both"] = max(db.session.scalars(db.select(Product.id)))  # the similar one, made last
    for _ in range(4):
        bought(cast, "tea", "both")
    with writing():
        db.session.execute(db.text("DELETE FROM related_runs"))
    relate()
    browser.get(path)
    assert names(browser, "together") == ["Chè Shan tuyết Sin Suối Hồ", "Mật ong Sin Suối Hồ"]
    assert names(browser, "similar") == []


def test_what_left_the_shelf_since_is_not_shown(browser, cast, path):
    with writing():
        cast.product("honey").move("pause")
    browser.get(path)
    assert names(browser, "together") == []
    with writing():
        cast.cooperative("other_cooperative").state = CooperativeState.SUSPENDED
    browser.get(path)
    assert names(browser, "similar") == []


def test_no_more_statements_with_all_of_it(browser, cast):
    path = path_of(cast.ids["tea"])
    db.session.expunge_all()
    with statements() as bare:
        browser.get(path)
    counted(cast)
    for number in range(12):
        goods(cast, f"Chè {number}", seller="cooperative" if number % 2 else "other_cooperative")
    with writing():
        db.session.execute(db.text("DELETE FROM related_runs"))
    relate()
    db.session.expunge_all()
    with statements() as full:
        browser.get(path)
    assert [len(names(browser, one)) for one in ("together", "similar", "more")] == [1, 4, 4]
    assert len(full) == len(bare) <= 5


def test_gone_goods_are_followed_by_what_is_like_them(browser, cast, path):
    goods(cast, "Chè vàng", seller="cooperative")
    with writing():
        cast.product().move("withdraw")
        db.session.flush()
        refresh([cast.ids["tea"]])
    assert browser.get(path).status_code == 410
    assert names(browser, "similar") == ["Chè Shan tuyết Sin Suối Hồ", "Chè vàng"], "then the newest of its kind"
