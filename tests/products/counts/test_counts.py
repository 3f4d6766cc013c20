"""Counts of goods: who counts, that nobody is known by them, and that a page neither waits nor fails."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from products.counts import queries, services, tasks
from products.counts.models import ProductCount
from products.counts.queries import Counts
from products.counts.tally import Tally
from shop.core.days import today
from shop.core.db import db, writing
from tests.shop.orders.buying import at, ordered
from tests.shop.storefront.counting import statements

PHONE = "Mozilla/5.0 (Linux; Android 8.1.0; SM-J260G) AppleWebKit/537.36 Chrome/106.0 Mobile Safari/537.36"
ZALO = f"{PHONE} Zalo android/12100706"


@pytest.fixture
def tally(app):
    return app.extensions["tally"]


@pytest.fixture(autouse=True)
def nothing_counted(tally):
    tally.sums.clear()
    yield
    tally.sums.clear()


@pytest.fixture
def path(cast):
    return f"/products/{cast.product().slug}-{cast.product().code}"


def look(client, path, agent=PHONE, method="get", **headers):
    """Ask for a page and read it to its end."""
    answer = getattr(client, method)(path, headers={"User-Agent": agent, **headers})
    answer.close()
    return answer


def counted(tally, key):
    return tally.sums.get((key, today()), (0, 0))


def test_a_visitor_counts_and_the_sum_is_kept(app, cast, path, tally):
    key = cast.ids["tea"]
    look(app.test_client(), path)
    look(app.test_client(), path, ZALO)
    assert counted(tally, key) == (2, 0)
    for number in (2, 4):
        assert tally.flush()
        assert tally.sums == {}
        row = db.session.scalars(select(ProductCount)).one()
        assert (row.product_id, row.day, row.seen, row.carted) == (key, today(), number, 0)
        db.session.remove()
        for _ in range(2):
            look(app.test_client(), path)


def test_a_page_that_the_phone_has_already_counts_too(app, cast, path, tally):
    tag = look(app.test_client(), path).headers["ETag"]
    assert look(app.test_client(), path, **{"If-None-Match": tag}).status_code == 304
    assert counted(tally, cast.ids["tea"]) == (2, 0)


@pytest.mark.parametrize(
    "agent",
    [
        "",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (compatible; coccocbot-web/1.0)",
        "facebookexternalhit/1.1",
        "curl/8.5.0",
        "python-httpx/0.28",
        "Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/120.0",
    ],
)
def test_machines_do_not_count(app, path, tally, agent):
    look(app.test_client(), path, agent)
    assert tally.sums == {}


def test_nor_what_nobody_looks_at(app, cast, path, tally):
    client = app.test_client()
    look(client, path, method="head")
    look(client, path, **{"Sec-Purpose": "prefetch"})
    look(client, path.replace("-", "x-", 1))  # a wrong address is led to the right one
    look(client, "/products/x-00000000")
    assert tally.sums == {}


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("member", False),
        ("second_member", False),
        ("officer", False),
        ("admin", False),
        ("helper", False),
        ("stranger", True),
        ("buyer", True),
    ],
)
def test_sellers_and_staff_do_not_count_at_their_own_goods(browser, cast, path, tally, name, counts):
    browser.sign_in(cast.user(name))
    browser.client.get(path, base_url=browser.origin, headers={"User-Agent": PHONE}).close()
    assert counted(tally, cast.ids["tea"]) == ((1, 0) if counts else (0, 0))


def test_into_the_cart(app, browser, cast, tally):
    sent = {"base_url": browser.origin, "headers": {"Origin": browser.origin, "User-Agent": PHONE}}
    browser.client.post("/cart/lines", data={"sku": cast.sku().code, "quantity": "2"}, **sent).close()
    browser.client.post("/cart/lines", data={"sku": "khong-co"}, **sent).close()
    browser.client.post("/cart/lines", data={"sku": cast.sku().code, "quantity": "99"}, **sent).close()
    assert counted(tally, cast.ids["tea"]) == (0, 1), "once, however many packs; a refusal is none"


def test_the_page_is_the_same_to_the_byte_without_cookie_or_statement(app, cast, path, tally):
    with statements() as first:
        one = look(app.test_client(), path)
    with statements() as second:
        machine = look(app.test_client(), path, "Googlebot/2.1")
    assert one.data == machine.data
    assert len(first) == len(second)
    for answer in (one, machine):
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Cache-Control"] == "public, max-age=60"
        assert "Cookie" not in answer.headers.get("Vary", "")


def test_what_cannot_be_written_stays_and_goes_later(app, cast, path):
    """A database that another writer holds costs no page and no count."""
    tries = []

    def held(sums):
        tries.append(dict(sums))
        if len(tries) < 3:
            raise TimeoutError("database is locked")
        tasks.keep(sums)

    tally = Tally(app, held, timed=False)
    key = cast.ids["tea"]
    tally.count(key, seen=3)
    assert not tally.flush()
    assert tally.pause > 4
    tally.count(key, seen=1, carted=1)
    assert not tally.flush()
    assert tally.flush()
    assert counted(tally, key) == (0, 0)
    row = db.session.scalars(select(ProductCount)).one()
    assert (row.seen, row.carted, tally.pause) == (4, 1, 4)


def test_a_count_that_fails_is_no_traceback(app, path, tally):
    def broken(*_args, **_kwargs):
        raise RuntimeError("counted wrongly")

    before, tally.count = tally.count, broken
    try:
        assert look(app.test_client(), path).status_code == 200
    finally:
        tally.count = before


def test_many_threads_lose_nothing(app, cast):
    tally = Tally(app, timed=False)
    workers = [threading.Thread(target=lambda: [tally.count(1, seen=1) for _ in range(500)]) for _ in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert counted(tally, 1) == (4000, 0)


def test_thirty_days_for_the_seller(browser, cast):
    key = cast.ids["tea"]
    at(ordered(cast, tea=3).orders[0].id, "delivered")
    with writing():
        services.add({(key, today()): (4, 1), (key, today() - timedelta(days=29)): (120, 8)})
        services.add({(key, today() - timedelta(days=30)): (999, 99)})
    assert queries.last_days([key, cast.ids["honey"]]) == {key: Counts(124, 9, 3)}
    browser.sign_in(cast.second_member)
    browser.get("/my/products")
    assert "30 ngày qua: 124 lượt xem · 9 lần vào giỏ · bán 3" in browser.text
    browser.sign_in(cast.stranger)
    browser.get("/my/products")
    assert "124" not in browser.text


def test_old_days_are_forgotten(cast):
    key = cast.ids["tea"]
    assert tasks.forget_old_counts() == 0
    with writing():
        services.add({(key, today() - timedelta(days=days)): (1, 0) for days in (0, 400, 401, 900)})
    assert tasks.forget_old_counts() == 2
    assert tasks.forget_old_counts() == 0
    assert len(db.session.scalars(select(ProductCount)).all()) == 2
