"""Two sellers, each with private words of its own: nobody finds the other's, wherever a link leads (I16).

Whoever it is follows every link from the first pages on, opens every listed address with the other seller's things,
and reads every message that left the house.
"""

from collections import Counter, deque
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select
from werkzeug.exceptions import HTTPException

from cooperatives import services as cooperatives
from cooperatives.bank import services as bank
from cooperatives.models import MemberRole
from products import services
from products.models import Product
from products.photos import services as photos
from products.review import services as review
from products.review.models import Verdict
from shop.accounts.models import User
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.orders.models import Purchase
from tests.architecture.test_access import TABLE, as_somebody, methods, path_of
from tests.browser import Browser
from tests.cast import Cast, make_photo
from tests.products.complete import VALUES
from tests.products.review.sent import ten_seconds_pass
from tests.shop.orders.buying import act, cart_with, place
from tests.shop.orders.talks.talking import buyer_says, seller_says
from tests.shop.ratings.bought import hide, rated

AT_MOST = 5  # pages that one route is opened for: they differ in their query only


class Seller(NamedTuple):
    """One side: its people in the cast, its public goods, and the words that are nobody else's business."""

    cooperative: str
    manager: str
    goods: str
    commune: str
    words: tuple[str, ...]


OURS = Seller("cooperative", "member", "tea", "officer", ("zqchung", "ZQCHUNGBANK", "abc0abc0abc0abc0", "0987654301"))
THEIRS = Seller(
    "other_cooperative", "stranger", "honey", "officer", ("zqrieng", "ZQRIENGBANK", "def0def0def0def0", "0987654302")
)
WHO_MAY_NOT = [
    *((OURS, who) for who in ("visitor", "buyer", "stranger", "officer_elsewhere", "helper")),
    *((THEIRS, who) for who in ("visitor", "buyer", "member", "second_member", "officer_elsewhere", "helper")),
]


def fill(cast: Cast, seller: Seller) -> None:
    """Give a seller drafts, goods that wait, goods sent back, an account, an invitation, and an order."""
    word, holder, digest, phone = seller.words
    with writing():
        cooperative, manager = cast.cooperative(seller.cooperative), cast.user(seller.manager)
        photo = digest * 4
        make_photo(cooperative, manager, photo)
        goods = [services.create_draft(cooperative, manager, f"{word}-{place}") for place in range(3)]
        for product in goods:
            draft = services.editable(product, manager)
            services.save_draft(draft, VALUES | {"name": f"Miến {word}", "story": f"Chuyện {word}"}, manager)
            photos.add(product, photo, manager)
        for product in goods[1:]:
            services.submit(product, manager)
        review.decide(goods[2], 1, cast.officer, Verdict.RETURN, f"Sửa {word}")
        bank.propose(cooperative, "970436", "0123456789", holder, manager)
        cooperatives.invite(cooperative, f"+84{phone[1:]}", MemberRole.MEMBER, manager)
    ten_seconds_pass()
    purchase = place(*cart_with(cast, **{seller.goods: 1}), name=f"Người {word}", line=f"Ngõ {word}")
    order = db.session.get_one(Purchase, purchase).orders[0].id
    act(order, "accept")
    hide(cast, rated(cast, 1, f"Dở {word}", seller.goods).id)  # what is hidden is its author's and the staff's
    buyer_says(order, f"Hỏi {word}")
    seller_says(order, cast.user(seller.manager), f"Đáp {word}")


@pytest.fixture
def market(app: Flask, cast: Cast, storage: Any) -> Cast:
    for seller in (OURS, THEIRS):
        fill(cast, seller)
    return cast


def spoken(text: str, seller: Seller) -> list[str]:
    plain = text.replace(" ", "").replace("\u00a0", "").replace(".", "")
    return [word for word in seller.words if word in plain]


def links(browser: Browser, path: str) -> list[str]:
    here = {urljoin(path, one.get("href")).split("#")[0] for one in browser.all("a[href]")}
    return sorted(one for one in here if one.startswith("/") and not urlsplit(one).netloc)


def endpoint(app: Flask, path: str) -> str | None:
    try:
        return str(app.url_map.bind(urlsplit("http://x").netloc).match(urlsplit(path).path, method="GET")[0])
    except HTTPException:
        return None


def walk(browser: Browser, starts: list[str]) -> dict[str, str]:
    """Follow every link from `starts`, and return the text of each page by its address."""
    found: dict[str, str] = {}
    waiting, opened = deque(starts), Counter[str]()
    while waiting:
        path = waiting.popleft()
        route = endpoint(browser.app, path)
        if path in found or route in {None, "photos.media", "static"} or opened[str(route)] >= AT_MOST:
            continue
        opened[str(route)] += 1
        answer = browser.get(path)
        assert answer.status_code < 500, path
        found[path] = answer.get_data(as_text=True) if not answer.is_streamed else ""
        waiting.extend(links(browser, path))
    return found


@pytest.mark.parametrize(("seller", "who"), WHO_MAY_NOT, ids=lambda one: getattr(one, "cooperative", one))
def test_no_page_says_anothers_words(browser: Browser, market: Cast, seller: Seller, who: str) -> None:
    person = as_somebody(browser, market, who)
    pages = walk(person, ["/", "/desk", "/my/products", "/search?q=zq", "/notices", "/account"])
    assert {path: spoken(text, seller) for path, text in pages.items() if spoken(text, seller)} == {}
    assert len(pages) > 10, "there was something to read"


@pytest.mark.parametrize("who", ["visitor", "buyer", "stranger", "officer_elsewhere", "helper"])
def test_no_refusal_says_anothers_words(browser: Browser, market: Cast, storage: Any, who: str) -> None:
    """Every listed address, opened with the things of a seller by somebody who may not."""
    with writing():
        product = db.session.scalars(select(Product).where(Product.draft_key == f"{OURS.words[0]}-1")).one()
        code, seller = product.code, market.cooperative().code
    person = as_somebody(browser, market, who)
    names = {"code": code, "number": 1, "draft_key": f"{OURS.words[0]}-1", "digest": OURS.words[2] * 4}
    for route, door in TABLE.items():
        if who in door.who or "GET" not in methods(browser.app, route) or route.startswith(("accounts", "payments")):
            continue
        address = dict.fromkeys(browser.app.url_map._rules_by_endpoint[route][0].arguments, "x") | names
        address["code"] = seller if route.startswith("cooperative") else code
        path = path_of(browser, route, address)
        said = spoken(person.get(path).get_data(as_text=True), OURS)
        assert [word for word in said if word not in path] == [], path  # what was asked may be said back


def test_no_message_carries_anothers_words(market: Cast) -> None:
    """A seller's words leave the house to its own people, to its officer and to the buyer of the order only."""
    rows = [*db.session.scalars(select(OutgoingMail)), *db.session.scalars(select(OutgoingSms))]
    assert [row for row in rows if spoken(row.body, OURS) or spoken(row.body, THEIRS)], "there was something to read"
    for seller, foreign in ((OURS, THEIRS), (THEIRS, OURS)):
        people = {"member", "second_member"} if foreign is OURS else {"stranger"}
        addresses = {
            value
            for person in db.session.scalars(select(User).where(User.id.in_([market.ids[name] for name in people])))
            for value in (person.phone, person.email)
            if value
        }
        assert [row.body for row in rows if row.recipient in addresses and spoken(row.body, seller)] == []
