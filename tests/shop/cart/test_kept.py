"""What a phone needs to read its cart without a network."""

from tests.shop.checkout.shopping import fill


def test_the_worker_names_only_files_that_are_there(browser):
    answer = browser.client.get("/cart-worker.js?lang=vi", base_url=browser.origin)
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "/cart/offline?lang=vi" in answer.text
    assert "cart-worker.js" in answer.text


def test_the_page_for_a_step_that_did_not_get_through_is_nobodys(browser, cast):
    browser.sign_in(cast.buyer)
    mine = browser.client.get("/cart/offline?lang=vi", base_url=browser.origin)
    assert "Set-Cookie" not in mine.headers
    assert cast.buyer.name not in mine.text
    assert 'method="get" action="/cart">' in mine.text, "the worker puts the form that was sent here"
    browser.get("/cart/offline?lang=hi")
    assert browser.document.get("lang") == "hi"


def test_the_cart_says_what_the_phone_will_need_to_say(browser, cast):
    browser.get("/cart")
    assert browser.one("[data-behaviour='seen-goods'] ul") is not None
    fill(browser, cast)
    browser.get("/cart")
    bar = browser.one("[data-behaviour='cart-kept']")
    assert "TIME" in bar.get("data-copied")
    assert all("NUMBER" in bar.get(f"data-{name}") for name in ("waits", "packs", "sent", "refused"))


def test_goods_are_noted_by_the_phone_alone(browser, cast):
    goods = cast.product()
    browser.get(f"/products/{goods.slug}-{goods.code}")
    assert browser.one("[data-behaviour='seen-goods']").get("data-name") == "Chè Shan tuyết Bình Lư"
