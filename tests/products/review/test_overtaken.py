"""Too late: the page says who was first or what the seller changed, and keeps what was typed."""

import pytest

from products import services
from products.models import Product
from products.review.models import Verdict
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU
from tests.products.review.sent import decisions_on, path_of, sent_edit, sent_goods, taken

RETURN = {
    "verdict": "return",
    "reasons": ["photo_dark"],
    "words-photo_dark": "Ảnh tối quá",
    "words-price_unusual": "Giá lạ",
    "field": "name",
    "note": "Tên ghi rõ hơn",
}


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


def changed(cast, key, **values):
    with writing():
        services.take_back(the(key), cast.member)
        services.save_draft(services.editable(the(key), cast.member), values, cast.member)
        services.submit(the(key), cast.member)


def test_the_new_words_stand_beside_those_that_were_read(goods, desk, cast):
    changed(cast, goods, name="Miến khác")
    assert desk.post(path_of(the(goods), 1), verdict="approve").status_code == 409
    words = [one.text_content() for one in desk.all(".changes dd")]
    assert any("khác" in one for one in words)
    assert [one.text for one in desk.all(".changes del")] != []
    assert desk.one(".actions .primary").get("href") == path_of(the(goods), 2)


def test_what_was_typed_goes_on_to_the_new_version(goods, desk, cast):
    changed(cast, goods, name="Miến khác")
    desk.post(path_of(the(goods), 1), **RETURN)
    for words in ("Ảnh tối quá", "Tên ghi rõ hơn"):
        assert words in desk.response.text
    assert "Giá lạ" not in desk.response.text, "a reason that was not chosen"
    form = desk.one(".actions form")
    assert form.get("action") == path_of(the(goods), 2)
    carried = {}
    for one in form.iter("input"):
        carried.setdefault(one.get("name"), []).append(one.get("value"))
    carried.pop("csrf_token")
    assert desk.post(path_of(the(goods), 2), **carried).status_code == 200
    assert desk.one("#return-note").text_content().strip() == "Tên ghi rõ hơn"
    assert [one.get("value") for one in desk.all("input[name=reasons][checked]")] == ["photo_dark"]
    assert desk.one("[name=words-photo_dark]").text_content().strip() == "Ảnh tối quá"
    assert decisions_on(goods) == [], "going on decides nothing"
    assert desk.post(path_of(the(goods), 2), **RETURN).status_code == 302


def test_somebody_else_was_first_and_the_next_is_offered(goods, browser, cast):
    with writing():
        second = cast.officer_elsewhere.id
        db.session.add(OfficerCommune(user_id=second, commune_code=BINH_LU, valid_from=clock.after(days=-1)))
        sent_edit(cast, name="Chè mới")
    taken(cast, the(goods), Verdict.APPROVE)
    browser.sign_in(cast.officer_elsewhere)
    for more in ({}, {"go_on": "1"}):
        assert browser.post(path_of(the(goods)) + "?view=", **RETURN, **more).status_code == 409
        assert browser.says("%(name)s approved this already.", name="Nguyễn Thị Hoa")
        assert "Tên ghi rõ hơn" in browser.response.text
        following = browser.one(".actions .primary").get("href")
        assert browser.get(following).location.split("?")[0] == path_of(cast.product())


def test_taken_back_and_not_sent_again(goods, desk, cast):
    with writing():
        services.take_back(the(goods), cast.member)
    assert desk.post(path_of(the(goods), 1), **RETURN).status_code == 409
    assert desk.says("The seller took this back. It comes again once it is sent.")
    assert "Tên ghi rõ hơn" in desk.response.text
    assert not desk.all(".changes")


def test_a_page_fetched_ahead_moves_nothing(goods, desk, cast):
    with writing():
        sent_edit(cast, name="Chè mới")
    desk.post(path_of(the(goods)), verdict="approve")
    answer = desk.client.get(path_of(cast.product()), base_url=desk.origin, headers={"X-Ahead": "1"})
    assert (answer.status_code, 'class="undo"' in answer.text, 'form class="claim"' in answer.text) == (
        200,
        False,
        False,
    )
    desk.get(path_of(cast.product()))
    assert desk.all(".undo")
    assert desk.all("form.claim")
