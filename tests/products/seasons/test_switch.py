"""The season switch: one tap, and pages, cart, placing, search and channels hold to it."""

import pytest
from sqlalchemy import select

from products import services as products
from products.lifecycle import SeasonWord
from products.search import checks as search_checks
from products.search.models import SearchEntry
from products.season import in_season, month_bit, this_month
from products.seasons.services import say
from products.stock import queries as stock
from shop.audit.models import AuditEntry
from shop.cart import queries as carts
from shop.cart import services as cart_services
from shop.cart.view import Problem
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError, Invalid
from shop.marketplaces.queries import goods
from shop.orders.placing import NotForSale, refuse_problems
from shop.storefront import queries as storefront

NOW = this_month()
OTHER = NOW % 12 + 1


@pytest.fixture
def tea(cast):
    with writing():
        cast.product().approved.season_months = month_bit(OTHER)
        products.search.refresh([cast.ids["tea"]])
    return cast.product().code


def switched(cast, word):
    with writing():
        return say(cast.product(), word, cast.member)


def path_of(cast):
    return f"/products/{cast.product().slug}-{cast.product().code}"


def test_the_word_goes_before_the_months():
    assert [in_season(month_bit(3), month, SeasonWord.ON) for month in (3, 4)] == [True, True]
    assert [in_season(month_bit(3), month, SeasonWord.OFF) for month in (3, 4)] == [False, False]
    assert [in_season(month_bit(3), month, SeasonWord.BY_MONTH) for month in (3, 4)] == [True, False]


def test_one_tap_each(browser, cast, tea):
    browser.sign_in(cast.member)
    browser.get("/my/products")
    pressed = {one.get("value"): one.get("aria-pressed") for one in browser.all(".season-switch button")}
    assert pressed == {"on": "false", "off": "false", "by_month": "true"}
    browser.post(f"/my/products/{tea}/season", season="off", page="1", follow=True)
    assert cast.product().season_word is SeasonWord.OFF
    assert cast.product().season_since is not None
    assert browser.one(".season-switch [aria-pressed=true]").get("value") == "off"
    browser.post(f"/my/products/{tea}/season", season="on", follow=True)
    browser.post(f"/my/products/{tea}/season", season="on", follow=True)
    assert browser.says("In season now. Buyers see it.")
    kept = db.session.scalars(select(AuditEntry.facts).where(AuditEntry.action == "season_said")).all()
    assert [(one["before"], one["after"]) for one in kept] == [("by_month", "off"), ("off", "on")]


@pytest.mark.parametrize("word", ["", "summer", "ON", "x" * 10_000])
def test_no_such_word(browser, cast, tea, word):
    browser.sign_in(cast.member)
    assert browser.post(f"/my/products/{tea}/season", season=word).status_code == 404
    assert cast.product().season_word is SeasonWord.BY_MONTH


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("buyer", 403), ("officer", 403), ("stranger", 404)])
def test_not_anybody(browser, cast, tea, who, status):
    if who:
        browser.sign_in(cast.user(who))
    assert browser.post(f"/my/products/{tea}/season", season="off").status_code == status
    assert cast.product().season_word is SeasonWord.BY_MONTH


def test_goods_that_were_withdrawn_have_no_season(cast, tea):
    with writing():
        products.withdraw(cast.product(), cast.member)
    with pytest.raises(Conflict):
        switched(cast, SeasonWord.ON)


def test_over_is_seen_but_not_ordered(browser, cast, tea):
    switched(cast, SeasonWord.OFF)
    browser.get(path_of(cast))
    assert browser.says("The season is over")
    assert not browser.all("form.buy")
    assert "OutOfStock" in browser.response.get_data(as_text=True)
    sku = cast.sku().code
    browser.post("/cart/lines", sku=sku, quantity="1", follow=True)
    assert browser.says("The season is over. The seller takes no orders until the next.")
    with writing():
        cart, _token = cart_services.start(cast.buyer)
        with pytest.raises(DomainError, match=r"vụ|season"):
            cart_services.add(cart, sku, 1, "vi")


def test_what_lies_in_a_cart_is_not_placed(browser, cast, tea):
    with writing():
        cart, _token = cart_services.start(cast.buyer)
        cart_services.add(cart, cast.sku().code, 2, "vi")
    switched(cast, SeasonWord.OFF)
    view = carts.view(carts.of_user(cast.buyer), "vi")
    assert view.faulty[0].problems == [Problem.SEASON_OVER]
    with pytest.raises(NotForSale):
        refuse_problems(view)
    with writing(), pytest.raises(Invalid):
        cart_services.change(carts.of_user(cast.buyer), cast.sku().code, 3)
    browser.sign_in(cast.buyer)
    browser.get("/cart")
    assert browser.says("The season is over. The seller takes no orders until the next.")
    switched(cast, SeasonWord.BY_MONTH)
    assert carts.view(carts.of_user(cast.buyer), "vi").faulty == []


def test_months_alone_stop_nobody(browser, cast, tea):
    browser.get(path_of(cast))
    assert browser.all("form.buy")


def test_search_home_and_cards_follow(browser, cast, tea):
    ids = [cast.ids["tea"]]
    assert storefront.in_season(NOW, 10) == []
    switched(cast, SeasonWord.ON)
    assert storefront.in_season(NOW, 10) == ids
    browser.get("/categories/tea")
    assert browser.one(".card-note").text_content()
    switched(cast, SeasonWord.OFF)
    assert storefront.in_season(OTHER, 10) == []
    browser.get("/categories/tea")
    assert not browser.all(".card-note")
    assert browser.one(".card-gone").text_content()
    entry = db.session.scalars(select(SearchEntry).where(SearchEntry.product_id == ids[0])).one()
    assert entry.season_months == 0
    assert [fault for check in search_checks.CHECKS for fault in check()] == []


def test_channels_and_the_low_line_follow(cast, tea):
    def free():
        return {row.sku_code: row.free for row in goods()}[cast.sku().code]

    with writing():
        cast.sku().low_at = 20
    assert free() == 10
    assert stock.low_counts([cast.ids["cooperative"]]) == (0, 1)
    switched(cast, SeasonWord.OFF)
    assert free() == 0
    assert stock.low_counts([cast.ids["cooperative"]]) == (0, 0)
