"""The page of a sale, and what buyers, search engines and channels see of one."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from products.certificates.shown import by_goods
from products.sales import services
from products.sales.models import Sale
from shop.core.days import today
from shop.core.db import db, writing
from shop.marketplaces import feeds
from shop.marketplaces.queries import goods
from tests.products.complete import draft_of, handle

USUAL, LOW = 120_000, 90_000


@pytest.fixture
def tea(cast, browser):
    browser.sign_in(cast.member)
    return handle(cast.product())


def path(product, end="sale"):
    return f"/my/products/{product.code}/{end}"


def days(first=0, last=5):
    return {
        "starts_on": (today() + timedelta(days=first)).isoformat(),
        "ends_on": (today() + timedelta(days=last)).isoformat(),
    }


def running(cast):
    with writing():
        services.plan(cast.sku(), LOW, (today(), today() + timedelta(days=5)), cast.member)


def test_plan_see_and_call_off(browser, cast, tea):
    browser.get(path(tea))
    assert browser.one("#starts_on").get("value") == today().isoformat()
    browser.post(path(tea), price="90k", **days(), follow=True)
    assert (cast.sku().price, cast.sku().usual_price) == (LOW, USUAL)
    assert browser.says("Sale running")
    assert not browser.all("#price")
    browser.post(path(tea, "sale/cancellation"), follow=True)
    assert cast.sku().price == USUAL
    assert browser.says("Called off")
    browser.post(path(tea, "sale/cancellation"), follow=True)
    assert cast.sku().price == USUAL, "the second tap of a weak signal"
    browser.post(path(tea), price="90k", **days(2, 3), follow=True)
    assert browser.says("Sale planned")


@pytest.mark.parametrize("typed", ["", "0", "-1", "abc", "1.250", "120k", "x" * 10_000])
def test_no_such_price(browser, cast, tea, typed):
    assert browser.post(path(tea), price=typed, **days()).status_code == 422
    assert browser.one("#price").get("value") == typed
    assert browser.all(".error")
    assert db.session.scalars(select(Sale)).all() == []


@pytest.mark.parametrize("typed", ["", "abc", "31/2/2027", "99999-01-01", "²/1/2027", "x" * 1000])
@pytest.mark.parametrize("field", ["starts_on", "ends_on"])
def test_no_such_day(browser, cast, tea, field, typed):
    assert browser.post(path(tea), price="90k", **(days() | {field: typed})).status_code == 422
    assert browser.one(f"#{field}").get("value") == typed
    assert db.session.scalars(select(Sale)).all() == []


def test_less_than_half_is_asked_about(browser, cast, tea):
    assert browser.post(path(tea), price="50k", **days()).status_code == 422
    ok = browser.one("input[name=deep_ok]").get("value")
    assert db.session.scalars(select(Sale)).all() == []
    browser.post(path(tea), price="50k", deep_ok=ok, **days())
    assert cast.sku().price == 50_000


@pytest.mark.parametrize(("who", "status"), [(None, 401), ("buyer", 403), ("officer", 403), ("stranger", 404)])
def test_not_anybody(browser, cast, who, status):
    tea = handle(cast.product())
    if who:
        browser.sign_in(cast.user(who))
    assert browser.post(path(tea), price="90k", **days()).status_code == status
    assert browser.post(path(tea, "sale/cancellation")).status_code == status
    assert cast.sku().price == USUAL


def test_a_draft_has_no_sale(browser, cast):
    with writing():
        draft = handle(draft_of(cast))
    browser.sign_in(cast.member)
    assert browser.get(path(draft)).status_code == 404


def test_buyers_see_both_prices_and_the_day(browser, cast):
    running(cast)
    browser.get("/categories/tea")
    assert browser.one(".card .price s").text_content().split() == ["Giá", "thường", "120.000", "₫"]
    assert browser.one(".card .price strong").text_content() == "90.000\xa0₫"
    browser.get(f"/products/{cast.product().slug}-{cast.product().code}")
    last = today() + timedelta(days=5)
    assert f"đến hết {last.day}/{last.month}" in browser.one(".price.big").text_content()
    page = browser.response.get_data(as_text=True)
    assert f'"priceValidUntil": "{last.isoformat()}"' in page or f'"priceValidUntil":"{last.isoformat()}"' in page
    assert '"price": 90000' in page or '"price":90000' in page


def test_the_cart_takes_what_is_shown(browser, cast):
    running(cast)
    browser.post("/cart/lines", sku=cast.sku().code, quantity="2")
    browser.get("/cart")
    assert "180.000" in browser.text


def test_channels_get_both_prices_and_the_days(cast):
    running(cast)
    rows = list(goods())
    google, meta = "".join(feeds.google(rows, by_goods)), "".join(feeds.meta(rows)).splitlines()
    first, last = today().isoformat(), (today() + timedelta(days=5)).isoformat()
    assert "<g:price>120000 VND</g:price><g:sale_price>90000 VND</g:sale_price>" in google
    assert f"<g:sale_price_effective_date>{first}T00:00+07:00/{last}T23:59+07:00<" in google
    assert google.count("<g:sale_price>") == 1
    names = meta[0].split(",")
    cells = dict(zip(names, next(line for line in meta if cast.sku().code in line).split(","), strict=False))
    assert len(names) == len(set(names))
    assert "90000 VND" in cells.values()
