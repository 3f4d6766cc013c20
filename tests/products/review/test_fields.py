"""Where the checklist leads: every line to its field on this page, also to what is empty or stays the same."""

import pytest

from shop.core.db import writing
from tests.products.review.sent import path_of, sent_edit, sent_goods


@pytest.fixture
def desk(browser, cast):
    browser.sign_in(cast.officer)
    return browser


def test_each_line_leads_to_a_place_on_the_page(cast, desk):
    with writing():
        paths = [path_of(sent_goods(cast)), path_of(sent_edit(cast, name="Chè Shan 300 g", price="150k"))]
    for path in paths:
        desk.get(path)
        leads = {link.get("href") for link in desk.all(".checks a")}
        places = {f"#{one.get('id')}" for one in desk.all("[id^=seen-]")}
        assert leads
        assert leads <= places


def test_of_an_edit_what_changes_stands_apart_from_what_stays(cast, desk):
    with writing():
        path = path_of(sent_edit(cast, name="Chè Shan mới"))
    desk.get(path)
    assert [one.get("id") for one in desk.all("#diff [id^=seen-]")] == ["seen-name"]
    rest = {one.get("id") for one in desk.all(".written [id^=seen-]")}
    assert "seen-category" in rest
    assert "seen-name" not in rest
    assert "seen-price" in rest
    assert len(desk.all("[id=seen-name]")) == 1


def test_of_new_goods_all_is_there(cast, desk):
    with writing():
        path = path_of(sent_goods(cast))
    desk.get(path)
    assert desk.says("All that was written")
    assert {"seen-name", "seen-price", "seen-unit", "seen-quantity"} <= {
        one.get("id") for one in desk.all(".written div")
    }
    assert desk.all("#diff") == []
