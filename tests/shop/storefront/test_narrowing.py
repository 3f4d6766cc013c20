"""A list is narrowed by one form: every choice leads to goods, every filter can be taken off, every address answers."""

import pytest
from sqlalchemy import update

from cooperatives.certificates.models import CertificateVerdict
from products.lifecycle import SeasonWord
from products.models import ProductRevision
from products.search import services as search
from products.search.checks import entries_are_what_is_public
from shop.core.db import db, writing
from tests.cast import make_product
from tests.cooperatives.certificates.sending import decided, sent, verified
from tests.shop.storefront.counting import statements


@pytest.fixture
def teas(cast):
    """Six more teas: 10,000 to 60,000 đồng, every second one of the other seller."""
    with writing():
        for number in range(1, 7):
            seller = cast.cooperative("other_cooperative" if number % 2 == 0 else "cooperative")
            make_product(seller, cast.member, f"Chè {number}", category="tea", price=number * 10_000, on_hand=3)


def names(browser):
    return [node.text_content() for node in browser.all(".card-name a")]


def options(browser, name):
    return {node.get("value"): node.text_content() for node in browser.all(f"select[name={name}] option")[1:]}


def chips(browser):
    return {node.text_content().split("\n")[0].strip(): node.get("href") for node in browser.all(".chosen a")}


def test_by_maker_and_price(browser, cast, teas):
    maker = cast.cooperative("other_cooperative")
    browser.get(f"/categories/tea?producer={maker.code}&price_from=30k&price_to=50.000&sort=price_up")
    assert names(browser) == ["Chè 4"]
    assert browser.one("[aria-live=polite]").text_content() == "1 sản phẩm"
    assert browser.one("details.filters summary").text_content() == "Lọc hàng: đang chọn 2"
    taken_off = [node.get("href") for node in browser.all(".chosen a")]
    assert taken_off == [
        "/categories/tea?price_from=30000&price_to=50000&sort=price_up",
        f"/categories/tea?producer={maker.code}&sort=price_up",
        "/categories/tea?sort=price_up",
    ]
    assert options(browser, "producer")[cast.cooperative().code].endswith("(2)"), "without its own choice"


def test_every_choice_leads_to_as_many_goods_as_it_says(browser, cast, teas):
    verified(cast)
    for start in ("/categories/tea?price_to=40k", "/search?q=che&price_from=20k", "/search?q=che&season=now"):
        browser.get(start)
        offered = [
            (node.getparent().get("name"), node.get("value"), node.text_content())
            for node in browser.all("details select option")
            if node.get("value")
        ]
        for name, value, label in offered[:12]:
            browser.get(f"{start}&{name}={value}")
            said = int(label.rpartition("(")[2].rstrip(")"))
            assert len(names(browser)) == said > 0, (start, label)


def test_a_bare_number_counts_thousands_and_a_range_may_be_turned_round(browser, teas):
    browser.get("/categories/tea?price_from=50&price_to=40")
    assert names(browser) == ["Chè 5", "Chè 4"]


def test_a_price_that_is_none_is_told_and_stays(browser, teas):
    browser.get("/categories/tea?price_from=rẻ&price_to=20k")
    assert names(browser) == ["Chè 2", "Chè 1"], "what could be read narrows"
    assert browser.one("#by-price_from").get("value") == "rẻ"
    assert browser.one("#by-price_from").get("aria-describedby") == "by-price_from-error"
    assert browser.one("details.filters").get("open") is not None
    assert browser.one(".wrong .error span").text_content()


def test_by_certificate_only_while_it_is_in_force(browser, cast, teas):
    code = sent(cast)
    browser.get("/categories/tea")
    assert options(browser, "certificate") == {}, "an officer has not decided yet"
    decided(cast, code)
    browser.get("/categories/tea")
    assert [label.rpartition(" ")[2] for label in options(browser, "certificate").values()] == ["(1)"]
    browser.get("/categories/tea?certificate=ocop")
    assert names(browser) == ["Chè Shan tuyết Bình Lư"]
    decided(cast, code, CertificateVerdict.WITHDRAW, note="Giấy không phải của nhà này", field="photo")
    browser.get("/categories/tea?certificate=ocop")
    assert len(names(browser)) == 7, "nothing has one: the filter is none"


def test_in_season(browser, cast, teas):
    with writing():
        cast.product().season_word = SeasonWord.ON
        db.session.flush()
        search.refresh([cast.ids["tea"]])
    browser.get("/categories/tea")
    assert "(1)" in browser.one("label.choice").text_content()
    browser.get("/categories/tea?season=now")
    assert names(browser) == ["Chè Shan tuyết Bình Lư"]


def test_what_can_be_sent_to_a_place(browser, cast, teas):
    with writing():
        fresh = ProductRevision.product_id == cast.ids["tea"]
        db.session.execute(update(ProductRevision).where(fresh).values(ship_class="fresh"))
        search.refresh([cast.ids["tea"]])
    browser.get("/categories/tea")
    places = options(browser, "send_to")
    assert places["12"].endswith("(7)"), "by bus inside the province"
    assert places["79"].endswith("(6)"), "no bus goes so far"
    browser.get("/categories/tea?send_to=79")
    assert "Chè Shan tuyết Bình Lư" not in names(browser)
    assert len(names(browser)) == 6


def test_what_is_too_heavy_is_not_sent(browser, cast, teas):
    with writing():
        heavy = ProductRevision.product_id == cast.ids["tea"]
        db.session.execute(update(ProductRevision).where(heavy).values(packed_grams=40_000))
        search.refresh([cast.ids["tea"]])
    assert list(entries_are_what_is_public()) == []
    browser.get("/categories/tea?send_to=79")
    assert len(names(browser)) == 6
    browser.get("/categories/tea?send_to=12")
    assert len(names(browser)) == 7


def test_nothing_left_says_which_filter_to_lift(browser, cast, teas):
    maker = cast.cooperative("other_cooperative").code
    browser.get(f"/categories/tea?producer={maker}&price_from=55k&price_to=58k&commune=03394")
    assert names(browser) == []
    assert browser.says("Nothing fits all of these filters")
    links = [(node.text_content(), node.get("href")) for node in browser.all(".empty li a")]
    assert links == [
        ("Bỏ “Giá: từ 55.000\xa0₫ đến 58.000\xa0₫”: 3 sản phẩm", f"/categories/tea?commune=03394&producer={maker}")
    ]
    assert browser.one("select[name=producer] option[selected]").get("value") == maker, "sent again, it asks the same"


@pytest.mark.parametrize(
    "ill",
    [
        "commune=%27", "producer=%27%3B--", "certificate=nobel", "season=winter", "send_to=99", "send_to=x",
        "category=tractors", "price_from=%20", "price_to=1.250", "price_from=99999999999999999999", "sort=%20x",
        "commune=" + "9" * 900, "commune=03394&commune=03395", "page=%20", "price_from=-1",
    ],
)  # fmt: skip
def test_ill_values_are_left_out_or_told(browser, teas, ill):
    for start in ("/categories/tea?", "/search?q=che&", "/hi/search?q=che&"):
        assert browser.get(start + ill).status_code == 200
        assert names(browser), start


def test_a_search_is_narrowed_and_keeps_its_order(browser, cast, teas):
    browser.get("/search?q=che")
    everything = names(browser)
    browser.get("/search?q=che&commune=03394")
    assert names(browser) == [name for name in everything if name in {"Chè 2", "Chè 4", "Chè 6"}]
    browser.get("/search?q=che&commune=03394&sort=price_down")
    assert names(browser) == ["Chè 6", "Chè 4", "Chè 2"]
    browser.get("/search?q=che+duoi+30k&commune=03394")
    assert names(browser) == ["Chè 2"]
    assert [node.get("href") for node in browser.all(".chosen a")] == [
        "/search?q=che&commune=03394",
        "/search?q=che+duoi+30k",
    ]


def test_only_plain_lists_are_for_search_engines(browser, teas):
    browser.get("/categories/tea?commune=03394")
    assert browser.one("link[rel=canonical]").get("href").endswith("/categories/tea")
    assert browser.one("meta[name=robots]").get("content") == "noindex"
    browser.get("/categories/tea")
    assert not browser.all("meta[name=robots]")


def test_pages_keep_all_that_was_chosen(browser, cast):
    with writing():
        for number in range(30):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    browser.get("/search?q=che&price_to=10k&sort=newest")
    assert "/search?q=che&price_to=10000&sort=newest&page=2" in {node.get("href") for node in browser.all(".paging a")}


@pytest.mark.parametrize("start", ["/categories/tea?", "/search?q=che&"])
def test_filters_cost_no_more_statements_with_more_cards(browser, cast, start):
    verified(cast)
    asked = f"{start}price_to=900k&certificate=ocop&send_to=12&sort=price_up"
    browser.get(asked)
    with statements() as few:
        browser.get(asked)
    assert len(names(browser)) == 1
    with writing():
        for number in range(24):
            make_product(cast.cooperative(), cast.member, f"Chè {number}", category="tea", price=9_000, on_hand=1)
    verified(cast, "vietgap")
    browser.get(asked.replace("&certificate=ocop", ""))
    with statements() as more:
        browser.get(asked.replace("&certificate=ocop", ""))
    assert len(names(browser)) == 24
    assert len(more) == len(few) <= 5
