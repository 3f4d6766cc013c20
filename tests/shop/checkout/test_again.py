"""Buying the same again: what changed is said first, and nothing goes into the cart silently."""

from datetime import timedelta

import pytest

from cooperatives.lifecycle import CooperativeState
from products.lifecycle import SeasonWord
from products.models import Sku
from products.search.services import refresh
from shop.cart.models import Cart
from shop.core import clock
from shop.core.db import db, writing
from tests.shop.orders.buying import ordered
from tests.shop.storefront.counting import statements


@pytest.fixture
def path(cast):
    with writing():
        for name in ("tea", "honey"):
            cast.sku(name).on_hand += 20
    return f"/purchases/{ordered(cast, tea=2, honey=1).token}/again"


def in_cart() -> dict[str, tuple[int, int]]:
    """Packs and the price that was seen, by SKU."""
    rows = {}
    for cart in db.session.scalars(db.select(Cart).execution_options(populate_existing=True)):
        rows |= {line.sku.code: (line.quantity, line.price_seen) for line in cart.lines}
    return rows


def press(browser, path, **more):
    browser.get(path)
    form = browser.one(f"form[action='{path}']")
    seen = form.cssselect("input[name=seen]")[0].get("value")
    return browser.post(path, **({"seen": seen} | more))


def hints(browser) -> list[str]:
    return [" ".join(node.text_content().split()) for node in browser.all("ul.list .hint")]


def test_the_same_goods_lie_in_the_cart(browser, cast, path):
    browser.get(path.removesuffix("/again"))
    assert browser.all(f"main a[href='{path}']")
    assert press(browser, path).headers["Location"] == "/cart"
    assert in_cart() == {cast.sku("tea").code: (2, 120_000), cast.sku("honey").code: (1, 250_000)}
    browser.get("/cart")
    assert "Chè Shan tuyết Bình Lư" in browser.text, "the browser got its cart"


def test_nothing_changed_nothing_is_said(browser, cast, path):
    browser.get(path)
    assert hints(browser) == []


def test_pressed_twice_it_is_the_same(browser, cast, path):
    press(browser, path)
    press(browser, path)
    assert in_cart()[cast.sku("tea").code] == (2, 120_000)


def test_what_lay_in_the_cart_stays_there(browser, cast, path):
    browser.post("/cart/lines", sku=cast.sku("honey").code, quantity=3)
    press(browser, path)
    assert {code: packs for code, (packs, _price) in in_cart().items()} == {
        cast.sku("tea").code: 2,
        cast.sku("honey").code: 3,
    }


def test_another_price_and_fewer_packs_are_said_before(browser, cast, path):
    with writing():
        tea = cast.sku("tea")
        tea.price, tea.on_hand = 130_000, tea.held + 1
    press(browser, path)
    assert in_cart()[cast.sku("tea").code] == (1, 130_000)
    browser.get(path)
    assert hints(browser) == ["Giá nay 130.000 ₫, lúc ấy 120.000 ₫.", "Lúc ấy đặt 2, nay đặt được 1."]


def gone(cast):
    cast.product().move("withdraw")


def over(cast):
    cast.product().season_word = SeasonWord.OFF


def by_telephone(cast):
    cast.product().approved.ship_class = "live"


def suspended(cast):
    cast.cooperative().state = CooperativeState.SUSPENDED


def sold_out(cast):
    cast.sku().on_hand = cast.sku().held


def other_pack(cast):
    product = cast.product()
    cast.sku().retired_at = clock.now()
    pack = {"position": 1, "pack_amount": 500, "pack_word": "goi", "price": 1_000, "on_hand": 9}
    db.session.add(Sku(code="OTHER", product_id=product.id, **pack))


@pytest.mark.parametrize(
    ("happens", "said"),
    [
        (gone, "These goods are no longer sold."),
        (suspended, "These goods are no longer sold."),
        (over, "The season is over. The seller takes no orders until the next."),
        (by_telephone, "These goods are ordered by telephone. Call the seller."),
        (sold_out, "Out of stock for now"),
        (other_pack, "This pack is no longer sold. Look at the other packs."),
    ],
)
def test_what_cannot_be_bought_says_why_and_the_rest_goes_on(browser, cast, path, happens, said):
    with writing():
        happens(cast)
        db.session.flush()
        refresh([cast.ids["tea"]])
    assert press(browser, path).status_code == 302
    assert list(in_cart()) == [cast.sku("honey").code]
    browser.get("/cart")
    assert "1 mặt hàng chưa mua lại được." in browser.text
    browser.get(path)
    assert browser.says(said)


def test_what_changes_after_the_page_is_shown_again_and_nothing_is_put_in(browser, cast, path):
    with writing():
        cast.sku().price = 130_000
    assert press(browser, path, seen="older").status_code == 409
    assert browser.says("Something changed just now. Look again, then press the button.")
    assert in_cart() == {}


def test_nothing_left_has_no_button(browser, cast, path):
    with writing():
        for name in ("tea", "honey"):
            cast.sku(name).on_hand = cast.sku(name).held
    browser.get(path)
    assert not browser.all(f"form[action='{path}']")
    assert browser.says("None of it can be ordered now.")


def test_a_stranger_finds_nothing(browser, cast, path):
    assert browser.get("/purchases/khong-co/again").status_code == 404
    assert browser.post("/purchases/khong-co/again").status_code == 404


def test_a_signed_in_buyer_fills_their_own_cart(browser, cast, path):
    browser.sign_in(cast.buyer)
    press(browser, path)
    assert len(db.session.scalars(db.select(Cart).filter_by(user_id=cast.ids["buyer"])).one().lines) == 2


def test_an_old_link_no_longer_shows_it(browser, cast, path):
    clock.pass_for_tests(timedelta(days=400))
    assert browser.get(path).status_code == browser.get(path.removesuffix("/again")).status_code


def test_statements_do_not_grow_with_the_lines(browser, cast, path):
    one = f"/purchases/{ordered(cast, tea=1).token}/again"
    db.session.expunge_all()
    with statements() as few:
        browser.get(one)
    db.session.expunge_all()
    with statements() as more:
        browser.get(path)
    assert len(more) == len(few) <= 8
