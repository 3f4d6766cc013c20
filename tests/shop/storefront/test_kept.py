"""Kept pages: no price, stock or word older than the last change, nobody's cart, in whichever worker one asks."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask

from products.counts.queries import last_days
from products.stock.services import hold, set_price
from shop.core import clock
from shop.core.db import db, writing
from shop.core.kept import tasks
from shop.core.kept.models import PageChange
from shop.core.kept.pages import KeptPages
from tests.cast import Cast
from tests.shop.storefront.kept import SOMEBODY, STEPS, Market, get, kept_by, two_workers

pytestmark = pytest.mark.own_database
AGENT = "Mozilla/5.0 (Linux; Android 10) Chrome/120.0 Mobile"
Workers = tuple[list[Flask], Cast]


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workers]:
    with two_workers(tmp_path_factory.mktemp("kept")) as found:
        yield found


@pytest.fixture
def tea(workers: Workers) -> str:
    apps, cast = workers
    with apps[0].app_context():
        product = cast.product()
        path = f"/products/{product.slug}-{product.code}"
        db.session.remove()
    return path


def is_kept(app: Flask, path: str) -> bool:
    return any(key[1] == path for key in kept_by(app).pages)


def test_a_kept_page_equals_a_fresh_one_but_for_its_number(workers: Workers, tea: str) -> None:
    app = workers[0][0]
    first, kept = get(app, tea), get(app, tea)
    assert is_kept(app, tea)
    names = {name for name, _value in first.headers} | {name for name, _value in kept.headers}
    differs = {name for name in names if first.headers.get_all(name) != kept.headers.get_all(name)}
    assert differs == {"X-Request-ID", "Date"}, "the server dates what is shown again"
    assert kept.data == first.data


def test_of_narrowed_lists_only_those_with_one_filter_are_kept(workers: Workers) -> None:
    app = workers[0][0]
    one, two = "/categories/tea?price_to=900000", "/categories/tea?price_to=900000&send_to=12"
    assert [get(app, path).status_code for path in (one, two)] == [200, 200]
    assert is_kept(app, "/categories/tea")
    kept = {key[2] for key in kept_by(app).pages if key[1] == "/categories/tea"}
    assert one.partition("?")[2] in kept
    assert two.partition("?")[2] not in kept


@pytest.mark.parametrize("packed", ["", "br", "gzip"])
def test_who_has_it_gets_304_also_at_the_first_look(workers: Workers, tea: str, packed: str) -> None:
    apps, _cast = workers
    asked = {"Accept-Encoding": packed} if packed else {}
    tag = get(apps[0], tea, **asked).headers["ETag"]
    kept_by(apps[0]).pages.clear()
    for _time in range(2):
        answer = get(apps[0], tea, **asked | {"If-None-Match": tag})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)
        assert "Content-Security-Policy" in answer.headers
    assert get(apps[0], tea, **asked | {"If-None-Match": '"other"'}).status_code == 200


def test_whoever_brings_a_cookie_is_answered_by_the_app_and_keeps_nothing(workers: Workers, tea: str) -> None:
    app = workers[0][0]
    kept_by(app)._drop_all()
    for cookie in (SOMEBODY, "cart=of-somebody", "lang=hi; has_cart=1", "flash=x"):
        assert get(app, tea, cookie).status_code == 200
        assert not is_kept(app, tea)
    get(app, tea, "lang=hi")
    assert is_kept(app, tea)


def test_pages_of_a_person_and_refusals_are_never_kept(workers: Workers) -> None:
    app = workers[0][0]
    kept_by(app)._drop_all()
    for path in ("/cart", "/cart/count.json", "/checkout", "/sign-in", "/my/products", "/products/x-00000000"):
        get(app, path)
    assert not kept_by(app).pages


def test_an_order_drops_what_shows_the_goods_and_nothing_else(workers: Workers, tea: str) -> None:
    apps, cast = workers
    for path in (tea, "/about", "/categories/honey", "/categories/tea"):
        get(apps[1], path)
    with apps[0].app_context():
        with writing():
            hold({cast.sku("tea").id: 1}, "LC99999999")
        db.session.remove()
    get(apps[1], "/how-to-buy")
    kept = {path: is_kept(apps[1], path) for path in (tea, "/categories/tea", "/categories/honey", "/about")}
    assert kept == {tea: False, "/categories/tea": False, "/categories/honey": True, "/about": False}


def test_what_changes_while_a_page_is_drawn_keeps_it_from_being_kept(workers: Workers, tea: str) -> None:
    """The price is changed after the app has read it and before its page is put away."""
    apps, cast = workers

    def drawn_slowly(environ, start_response):
        answer = list(apps[1].wsgi_app(environ, start_response))
        with apps[0].app_context():
            with writing():
                sku = cast.sku("tea")
                set_price(sku, sku.price + 1000, sku.price, cast.member, "changed")
            db.session.remove()
        return answer

    door = KeptPages(apps[1], apps[1].wsgi_app, 1_000_000)
    door.inner = drawn_slowly
    kept_by(apps[1])._drop_all()
    for _time in range(2):  # the first look only finds its place in the log
        answer = [b""]
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": tea, "QUERY_STRING": "", "wsgi.url_scheme": "http"}
        environ |= {"SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SCRIPT_NAME": ""}
        answer = list(door(environ, lambda *told: None))
        assert answer
        with door.lock:
            for product in door.changes.look() or ():
                door._changed(product)
        assert not door.pages
    door.changes.close()


def test_a_change_that_is_not_committed_yet_is_not_seen_and_then_is(workers: Workers, tea: str) -> None:
    apps, cast = workers
    with apps[0].app_context(), ThreadPoolExecutor(1) as somebody:
        with writing():
            sku = cast.sku("tea")
            price = sku.price + 7000
            set_price(sku, price, sku.price, cast.member, "changed")
            db.session.flush()
            before = somebody.submit(get, apps[1], tea).result().data
            assert somebody.submit(get, apps[1], tea).result().data == before
            assert is_kept(apps[1], tea)
        db.session.remove()
    after = get(apps[1], tea)
    assert after.data == get(apps[1], tea, SOMEBODY).data != before


def test_a_page_is_kept_for_no_longer_than_the_hour(workers: Workers, tea: str) -> None:
    app = workers[0][0]
    get(app, tea)
    page = next(page for key, page in kept_by(app).pages.items() if key[1] == tea)
    assert page.ends <= (clock.now().timestamp() // 3600 + 1) * 3600
    clock.set_for_tests(clock.after(minutes=61))
    get(app, tea)
    assert kept_by(app).pages[next(key for key in kept_by(app).pages if key[1] == tea)].ends > page.ends


def test_a_page_shown_again_counts_for_its_seller(workers: Workers, tea: str) -> None:
    apps, cast = workers
    app = apps[1]
    get(app, tea, **{"User-Agent": AGENT})
    with app.app_context():
        tally = app.extensions["tally"]
        tally.flush()
        key = cast.ids["tea"]
        before = last_days([key])[key].seen
        db.session.remove()
    get(app, tea, **{"User-Agent": AGENT})
    get(app, tea, **{"User-Agent": "Googlebot/2.1"})
    with app.app_context():
        tally.flush()
        assert last_days([key])[key].seen == before + 1
        db.session.remove()


def test_only_so_many_bytes_are_kept(workers: Workers, tea: str) -> None:
    door = kept_by(workers[0][0])
    door._drop_all()
    for path in ("/", "/categories/tea", tea):
        get(workers[0][0], path)
    assert len(door.pages) == 3 and door.bytes == sum(len(page.body) for page in door.pages.values())
    door.most, most = door.bytes - 1, door.most
    get(workers[0][0], "/about")
    door.most = most
    assert [key[1] for key in door.pages][-1] == "/about" and door.bytes <= most


def test_old_changes_go_but_the_newest_stays(workers: Workers) -> None:
    apps, _cast = workers
    with apps[0].app_context():
        newest = max(one.id for one in db.session.query(PageChange))
        db.session.remove()
        clock.set_for_tests(clock.after(hours=2))
        assert tasks.forget_seen() > 0
        assert tasks.forget_seen() == 0
        assert [one.id for one in db.session.query(PageChange)] == [newest]
        db.session.remove()


def test_a_lost_connection_is_opened_again(workers: Workers, tea: str) -> None:
    app = workers[0][0]
    get(app, tea)
    kept_by(app).changes.line.close()
    assert get(app, tea).status_code == 200
    assert not is_kept(app, tea)
    get(app, tea)
    assert is_kept(app, tea)


@pytest.mark.slow
def test_random_changes_and_reads_never_meet_an_old_page(workers: Workers, record_property) -> None:
    """After each change, in each worker: what is kept equals what is drawn afresh, byte for byte."""
    apps, cast = workers
    market = Market(apps[0], cast, seed=20261130)
    shown = reads = 0
    for step in range(STEPS):
        told = market.change()
        pages = market.addresses()
        for path in market.chance.sample(pages, 2):
            app = market.chance.choice(apps)
            first = get(app, path)
            shown += any("?".join(key[1:3]).rstrip("?") == path for key in kept_by(app).pages)
            again, fresh = get(app, path), get(app, path, SOMEBODY)
            assert first.status_code == again.status_code == fresh.status_code, (step, told, path)
            if fresh.status_code == 200:
                assert first.data == again.data == fresh.data, (step, told, path)
            assert "Set-Cookie" not in first.headers
            reads += 2
    assert len(market.did) == len(set(market.acts))
    assert shown > STEPS, "most second reads come out of the kept pages"
    record_property("figure", f"{STEPS} changes, {reads} reads through 2 workers: 0 old pages, 0 cookies")
