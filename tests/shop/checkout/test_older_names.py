"""The commune of an address: typed as it is called today, or as it was before July 2025."""

import pytest
from sqlalchemy import select

from shop.cart.models import Cart
from shop.core.db import db
from tests.shop.checkout.shopping import DETAILS, fill

HOME = DETAILS | {"province": "12", "commune": ""}


@pytest.mark.parametrize(
    ("typed", "commune"),
    [
        ("Xã Bình Lư", "03390"),
        ("thị trấn Tam Đường", "03390"),  # a former unit
        ("ban hon", "03430"),  # a former unit, without marks
        ("phuong tan phong", "03408"),  # its own name, though a former one was like it
    ],
)
def test_what_can_only_be_one_is_taken(browser, cast, typed, commune):
    fill(browser, cast)
    answer = browser.post("/checkout", **(HOME | {"commune_typed": typed}))
    assert answer.headers["Location"] == "/checkout/confirmation", browser.text
    assert db.session.scalars(select(Cart)).one().details["commune"] == commune


def test_what_may_be_several_is_asked(browser, cast):
    fill(browser, cast)
    assert browser.post("/checkout", **(HOME | {"commune_typed": "huyện Tam Đường"})).status_code == 422
    said = browser.one("#commune-error").text_content()
    assert "Bình Lư" in said
    assert "Khun Há" in said
    assert browser.one("[data-typed]").get("data-typed") == "huyện Tam Đường"


@pytest.mark.parametrize(("province", "typed"), [("12", "Xã Không Có"), ("01", "Phường Cầu Giấy cũ")])
def test_what_nobody_knows_is_not_guessed(browser, cast, province, typed):
    fill(browser, cast)
    assert browser.post("/checkout", **(HOME | {"province": province, "commune_typed": typed})).status_code == 422
    assert browser.says("No commune of this province has that name. Choose it from the list.")


def test_the_choice_counts_before_what_was_typed(browser, cast):
    fill(browser, cast)
    browser.post("/checkout", **(HOME | {"commune": "03424", "commune_typed": "Bình Lư"}))
    assert db.session.scalars(select(Cart)).one().details["commune"] == "03424"


def test_the_page_says_of_which_provinces_older_names_are_known(browser, cast):
    fill(browser, cast)
    browser.get("/checkout")
    assert "Lai Châu" in browser.one("[data-none]").get("data-none")
