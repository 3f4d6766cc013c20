"""What daily work costs a thumb, from the landing page on: taps counted by the page, held to their bounds."""

from collections.abc import Callable

import pytest

from products import queries
from products.issues.services import Reason
from products.lifecycle import RevisionState
from products.models import Product, Sku
from products.review.models import Verdict
from shop.core.db import db, writing
from tests.journeys.phone import Phone
from tests.journeys.test_shared_phone import become
from tests.journeys.test_weak_signal import drafts_named
from tests.products.review.sent import sent_goods, taken
from tests.server import Market, until
from tests.shelves import files_come_later, give_files

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
TELL = "addEventListener('pointerdown', () => tapped(), true)"


@pytest.fixture
def grower(market: Market, phones: Callable[..., Phone]) -> Phone:
    """A member at home."""
    phone = phones(market, "grower")
    become(phone, "member")
    return phone


@pytest.fixture
def taps(grower: Phone) -> list[int]:
    """One entry for every tap from the landing page on."""
    heard: list[int] = []
    grower.context.expose_function("tapped", lambda: heard.append(1))
    grower.context.add_init_script(TELL)
    grower.open("/desk")
    return heard


def returned(market: Market, name: str) -> str:
    """Goods that an officer sent back for their name; gives their code."""
    with market.app.app_context():
        with writing():
            product = sent_goods(market.cast, "key-of-what-came-back", name=name)
            code = product.code
            files_come_later()
        give_files(market.app)
        taken(market.cast, product, Verdict.RETURN, issues=[Reason("name_unclear")])
        db.session.remove()
    market.ten_seconds_pass()
    return code


def sold(market: Market) -> tuple[str, int, int]:
    """(SKU code, price, on hand) of the member's tea."""
    with market.app.app_context():
        sku = db.session.query(Sku).filter_by(product_id=market.cast.ids["tea"]).first()
        assert sku is not None
        found = (sku.code, sku.price, sku.on_hand)
        db.session.remove()
    return found


def test_a_new_price_in_three_taps(market: Market, grower: Phone, taps: list[int]) -> None:
    code, price, _on_hand = sold(market)
    grower.page.get_by_role("link", name=grower.words("Prices and numbers")).tap()
    field = grower.page.locator(f"#price-{code}")
    field.tap()
    assert field.evaluate("one => one.selectionEnd - one.selectionStart === one.value.length"), "typing replaces it"
    field.press_sequentially(str(price + 5000))
    grower.button("Save").last.tap()
    until(lambda: sold(market)[1] == price + 5000, "the new price")
    assert len(taps) <= 3


def test_out_of_stock_and_back_in_two_taps_each(market: Market, grower: Phone, taps: list[int]) -> None:
    before = sold(market)[2]
    with market.app.app_context():
        levels = f"form.levels[action*='/{market.cast.product().code}/']"  # other journeys' goods stand there too
        db.session.remove()
    grower.page.locator("nav a[href='/my/products']").tap()
    grower.page.wait_for_url("**/my/products")
    grower.page.locator(f"{levels} button[name=level][value=out]").tap()
    until(lambda: sold(market)[2] < before, "none left")
    assert len(taps) <= 2
    grower.page.locator(f"{levels} button[name=on_hand]").last.tap()
    until(lambda: sold(market)[2] >= before, "plenty again")
    assert len(taps) <= 3


def test_the_next_product_as_a_copy_in_six_taps(market: Market, grower: Phone, taps: list[int]) -> None:
    grower.page.get_by_role("link", name=grower.words("List a product")).tap()
    grower.page.locator("details.more > summary", has_text=grower.words("Copy from earlier goods")).tap()
    grower.page.locator("form button[formaction]").first.tap()
    grower.page.locator(".photo-slot").first.wait_for()
    grower.write("#name", " xuan")
    grower.write("#quantity", "20")
    wanted = grower.page.locator("#name").input_value()
    grower.button("Send for review").tap()
    until(lambda: drafts_named(market, wanted), "the copy")
    grower.reads("Sent for review. Usually answered in 2 working days.")
    assert len(taps) <= 6


def test_what_came_back_is_mended_in_four_taps_from_the_message(market: Market, grower: Phone, taps: list[int]) -> None:
    code = returned(market, "Mien")
    grower.open("/notices")
    taps.clear()
    grower.page.locator("main a", has_text="Mien").first.tap()
    grower.page.wait_for_url("**/edit#name")
    assert grower.page.locator("#name").evaluate("one => one.getBoundingClientRect().top < innerHeight"), "in sight"
    grower.write("#name", " dong Bình Lư")
    grower.button("Send for review").tap()
    until(lambda: state_of(market, code) is RevisionState.SUBMITTED, "sent again")
    assert len(taps) <= 4


def state_of(market: Market, code: str) -> RevisionState:
    """Where the newest words of goods stand."""
    with market.app.app_context():
        product = db.session.query(Product).filter_by(code=code).one()
        newest = queries.last_revision(product)
        assert newest is not None
        state = newest.state
        db.session.remove()
    return state
