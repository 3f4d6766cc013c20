"""The landing page of who helps shows what the consent opens, and every link on it leads to an open door."""

import itertools

import pytest

from cooperatives.helping.models import Scope
from products.lifecycle import RevisionState
from products.questions.services import not_understood, say
from shop.core.db import writing
from tests.browser import Browser
from tests.cast import make_product
from tests.cooperatives.helping import helped
from tests.products.review.sent import sent_goods
from tests.shop.orders.buying import ordered

SHOWN = {Scope.ORDERS: "Đơn mới cần nhận", Scope.GOODS: "Bản nháp cần làm xong", Scope.REPLIES: "Cán bộ nhắn bạn"}
SOME = [part for number in (1, 2, 3) for part in itertools.combinations(Scope, number)]


@pytest.fixture
def busy(cast) -> None:
    """The cooperative has a new order, a draft and words of the officer."""
    ordered(cast, tea=1)
    with writing():
        seller, person = cast.cooperative(), cast.member
        make_product(seller, person, "Nháp", category="tea", price=1000, on_hand=0, state=RevisionState.DRAFT)
        say(not_understood(sent_goods(cast), None, person, "Chưa hiểu"), cast.officer, "Chụp lại nhãn")


def headings(browser: Browser) -> set[str]:
    found = (" ".join(one.text_content().split()[:-1]) for one in browser.all("main section h2"))
    return set(found) & set(SHOWN.values())


@pytest.mark.parametrize("scopes", SOME, ids="-".join)
def test_only_what_was_asked_for(browser: Browser, cast, busy, scopes: tuple[Scope, ...]) -> None:
    helped.helping(browser, cast, *scopes)
    browser.get("/desk")
    assert headings(browser) == {SHOWN[scope] for scope in scopes}
    links = {one.get("href") for one in browser.all("main a[href^='/'], .work-nav a")}
    assert (("/my/products/new" in links), ("/my/orders" in links)) == (Scope.GOODS in scopes, Scope.ORDERS in scopes)
    for one in links:
        assert browser.get(one).status_code == 200, one


def test_the_seller_reads_all_of_it(browser: Browser, cast, busy) -> None:
    browser.sign_in(cast.member)
    browser.get("/desk")
    assert headings(browser) == set(SHOWN.values())


def test_what_ended_shows_nothing_of_the_seller(browser: Browser, cast, busy) -> None:
    code = helped.helping(browser, cast)
    browser.sign_in(cast.member)
    browser.post(f"/helped/consents/{code}/end")
    browser.sign_in(cast.helper)
    browser.get("/desk")
    assert headings(browser) == set()
