"""The search page: what was found, how it was understood, what to do when nothing was."""

from products.search import tasks
from shop.core.db import writing
from tests.cast import make_product
from tests.shop.storefront.counting import statements


def names(browser):
    return [node.text_content() for node in browser.all(".card-name a")]


def test_unaccented_words_find_the_goods(browser, cast):
    browser.get("/search?q=che+shan+tuyet")
    assert names(browser) == ["Chè Shan tuyết Bình Lư"]
    assert browser.one("input[type=search]").get("value") == "che shan tuyet"
    assert browser.one("[aria-live]").text_content() == "1 sản phẩm"
    assert browser.one("meta[name=robots]").get("content") == "noindex"


def test_a_mended_word_is_told(browser, cast):
    tasks.refresh_vocabulary()
    browser.get("/search?q=che+chan+tuyet")
    assert names(browser) == ["Chè Shan tuyết Bình Lư"]
    assert browser.says("Nothing is called that. These fit: %(words)s.", words="chè shan tuyết")


def test_the_nearest_are_shown_when_not_all_words_occur(browser, cast):
    tasks.refresh_vocabulary()
    browser.get("/en/search?q=shan+tractor")
    assert browser.says("Nothing has all of these words. These come near.", "en")
    assert "Chè Shan tuyết Bình Lư" in names(browser)
    assert not browser.all(".paging")


def test_nothing_found_offers_the_kinds_and_the_newest(browser, cast):
    browser.get("/search?q=tractor")
    assert browser.says("Nothing found for “%(text)s”", text="tractor")
    assert len(browser.all(".category-chips a")) == 14
    assert len(names(browser)) == 2


def test_no_word_is_no_search(browser, cast):
    for text in ("", "+", "%3F%21", "%E2%80%A6"):
        browser.get(f"/search?q={text}")
        assert browser.response.status_code == 200
        assert browser.says("Type what you look for: goods, a seller, a place. Marks are not needed.")


def test_what_is_typed_is_only_text(browser, cast):
    browser.get("/search?q=%3Cscript%3Ealert(1)%3C/script%3E")
    assert b"<script>alert" not in browser.response.data
    assert browser.get("/search?q=" + "a" * 1500).status_code == 200


def test_pages_of_hits(browser, cast):
    with writing():
        for number in range(30):
            make_product(
                cast.cooperative(), cast.member, f"Măng {number:02}", category="vegetable", price=9_000, on_hand=1
            )
    browser.get("/search?q=mang")
    assert (len(names(browser)), browser.one("[aria-live]").text_content()) == (24, "30 sản phẩm")
    links = {node.get("href") for node in browser.all(".paging a")}
    assert "/search?q=mang&page=2" in links
    browser.get("/search?q=mang&page=2")
    assert len(names(browser)) == 6
    browser.get("/search?q=mang&page=99")
    assert len(names(browser)) == 6, "beyond the end is the last page"


def test_statements_do_not_grow_with_the_cards(browser, cast):
    tasks.refresh_vocabulary()
    with statements() as few:
        browser.get("/search?q=che")
    with writing():
        for number in range(24):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    with statements() as more:
        browser.get("/search?q=che")
    assert len(names(browser)) == 24
    assert len(more) == len(few) <= 5


def test_a_price_is_read_and_can_be_taken_off(browser, cast):
    browser.get("/search?q=mat+ong+duoi+500k")
    assert names(browser) == ["Mật ong Sin Suối Hồ"]
    assert browser.says("Price: %(price)s", price="đến 500.000 ₫")
    assert browser.one(".chosen a").get("href") == "/search?q=mat+ong"


def test_where_nothing_costs_so_little_it_is_shown_at_other_prices(browser, cast):
    browser.get("/search?q=mat+ong+duoi+2k")
    assert browser.says("Nothing of this kind has such a price. Here it is at other prices.")
    assert names(browser) == ["Mật ong Sin Suối Hồ"]
    assert browser.one("main .card-name").tag == "h2", "no heading of a section stands above them"
