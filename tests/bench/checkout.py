"""What a guest's whole purchase costs: eight pages over HTTP, one buyer and eight, beside a hello-world."""

import http.client
import json
import re
import statistics
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import brotli
from sqlalchemy import func, select

from products.models import Sku
from shop.core.db import db
from shop.orders.models import OrderLine, Purchase
from tests.bench import load
from tests.bench.serving import HELLO, SHOP, served
from tests.server import Market, running_market
from tests.shelves import Goods, with_full_shelves

RESULTS = Path(__file__).parent / "results" / "checkout.jsonl"
BUYERS = (1, 8)
RUNS, SECONDS = 3, 6
QUICK = (1, 1, 6)  # seconds, runs, goods: the form of the tests
GOODS = 200
ENOUGH = 1_000_000  # packs of each
REST = 2.0  # seconds of quiet before each run
FIELD = re.compile(r'name="(attempt|seen)" value="([^"]+)"')
AGENT = "Mozilla/5.0 (Linux; Android 10) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"
DETAILS = {"name": "Trần Minh Anh", "province": "01", "commune": "00004", "line": "Số 12 phố Ngọc Hà"}
STEPS = ("product", "add", "cart", "form", "details", "check", "place", "thanks")
ROW = "{buyers:>6}{orders_s:>10.2f}{p50_ms:>9.0f}{p99_ms:>9.0f}{ratio:>10.3%}{orders:>9}{busy:>11.0%}"


class Buyer:
    """Somebody who buys again and again, with a connection that is kept open where the server allows it."""

    def __init__(self, url: str, goods: list[Goods], places: Iterator[int]) -> None:
        self.url, self.goods, self.places = url, goods, places
        self.connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=60)
        self.cookies: dict[str, str] = {}
        self.took: dict[str, list[float]] = {step: [] for step in STEPS}
        self.orders: list[float] = []  # seconds each purchase waited for answers

    def until(self, end: float) -> None:
        """Buy once and then until this moment of time.monotonic(); what was begun is finished."""
        self.buy()
        while time.monotonic() < end:
            self.buy()

    def buy(self) -> None:
        """Buy one pack as somebody who was never here; raises load.Unwell where a page is not as it should be."""
        place = next(self.places)
        goods, self.cookies = self.goods[place % len(self.goods)], {}
        before = sum(map(sum, self.took.values()))
        self._get("product", goods.path)
        self._post("add", "/cart/lines", "/cart", sku=goods.sku, quantity=1)
        self._get("cart", "/cart")
        self._get("form", "/checkout")
        self._post("details", "/checkout", "/checkout/confirmation", phone=f"09{place % 10**8:08d}", **DETAILS)
        fields = dict(FIELD.findall(self._get("check", "/checkout/confirmation")))
        bought = self._post("place", "/checkout/confirmation", "/purchases/", method="cash_on_delivery", **fields)
        self._get("thanks", bought)
        self.orders.append(sum(map(sum, self.took.values())) - before)

    def _get(self, step: str, path: str) -> str:
        status, _headers, body = self._ask(step, "GET", path, None, {})
        if status != 200:
            raise load.Unwell(f"{path} answers {status}")
        return brotli.decompress(body).decode()

    def _post(self, step: str, path: str, to: str, **fields: object) -> str:
        form = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url}
        status, headers, _body = self._ask(step, "POST", path, urlencode(fields).encode(), form)
        where = headers.get("Location", "")
        if status != 302 or not where.startswith(to):
            raise load.Unwell(f"{path} answers {status} {where}")
        return where

    def _ask(
        self, step: str, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        sent = headers | {"User-Agent": AGENT, "Accept-Encoding": "br"} | ({"Cookie": kept} if kept else {})
        began = time.perf_counter()
        self.connection.request(method, path, body, sent)
        answer = self.connection.getresponse()
        found = answer.status, answer.headers, answer.read()
        self.took[step].append(time.perf_counter() - began)
        for line in answer.headers.get_all("Set-Cookie", []):
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        return found


def measure(seconds: int = SECONDS, runs: int = RUNS, goods: int = GOODS) -> list[dict[str, Any]]:
    """Print and return a row for one buyer and for eight: orders a second, ms an order, ratio to hello-world; medians.

    Each buys one pack of the next goods (of two cooperatives in turn) as somebody new: product page, into the cart,
    cart, form of checkout, details sent, page to check, order placed with cash on delivery, page of the purchase.
    Limits that stop one machine from ordering much are set off, as for every market of the tests (tests/server.py).
    Raises SystemExit unless the rows are what the buyers were told: purchases, packs held, `flask verify` silent.
    """
    with (
        tempfile.TemporaryDirectory() as folder,
        running_market(
            Path(folder),
            lambda app: with_full_shelves(app, goods, ENOUGH),
            work=False,
            LOG_LEVEL="ERROR",
            COD_CONFIRM_FROM="0",
        ) as market,
        served(market, HELLO) as hello,
        served(market, SHOP) as shop,
    ):
        engine = "postgresql" if market.env["DATABASE_URL"].startswith("postgresql") else "sqlite"
        print(f"A guest's purchase on {engine}, {goods} goods, gunicorn sync × 2, {load.tool()}; {runs} runs, median")
        print(f"{'buyers':>6}{'orders/s':>10}{'p50 ms':>9}{'p99 ms':>9}{'of hello':>10}{'orders':>9}{'generator':>11}")
        places, rows, placed, before = count(1), [], 0, sold(market)
        for buyers in BUYERS:
            found = [_run(hello.url, shop.url, market.facts["goods"], buyers, seconds, places) for _ in range(runs)]
            row: dict[str, Any] = {"buyers": buyers, "engine": engine, "goods": goods, "runs": runs}
            row |= {name: statistics.median(one[name] for one in found) for name in found[0] if name != "steps"}
            row |= {"steps": {step: statistics.median(one["steps"][step] for one in found) for step in STEPS}}
            row |= {"orders": sum(one["orders"] for one in found)}
            placed += row["orders"]
            print(ROW.format(**row), flush=True)
            print("       " + ", ".join(f"{step} {ms:.1f}" for step, ms in row["steps"].items()), flush=True)
            rows.append(row)
        _compare(market, before, placed)
        return rows


def buy(shop: str, goods: list[Goods], buyers: int, seconds: float, places: Iterator[int]) -> list[Buyer]:
    """Let so many buyers buy side by side for some seconds, each at least once; raises load.Unwell."""
    everybody = [Buyer(shop, goods, places) for _ in range(buyers)]
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(buyers) as threads:
        list(threads.map(lambda one: one.until(end), everybody))
    return everybody


def keep(rows: list[dict[str, Any]]) -> None:
    """Add the rows to the results."""
    with RESULTS.open("a", encoding="utf-8") as kept:
        kept.writelines(json.dumps(row) + "\n" for row in rows)


def _run(hello: str, shop: str, goods: list[Goods], buyers: int, seconds: int, places: Iterator[int]) -> dict[str, Any]:
    time.sleep(REST)
    yardstick = load.measure(hello + "/", seconds)
    time.sleep(REST)
    began, busy = time.monotonic(), time.process_time()
    everybody = buy(shop, goods, buyers, seconds, places)
    spent, busy = time.monotonic() - began, time.process_time() - busy
    times = sorted(seconds * 1000 for one in everybody for seconds in one.orders)
    rate = len(times) / spent
    steps = {step: round(statistics.median(_all(everybody, step)) * 1000, 2) for step in STEPS}
    return {
        "orders_s": round(rate, 2),
        "p50_ms": round(times[len(times) // 2], 1),
        "p99_ms": round(times[int(len(times) * 0.99)], 1),
        "ratio": round(rate / yardstick.rps, 5),
        "orders": len(times),
        "busy": round(busy / spent, 3),  # of one processor, by whoever buys: near 1 it would be measured instead
        "steps": steps,
    }


def _all(buyers: list[Buyer], step: str) -> list[float]:
    return [seconds for one in buyers for seconds in one.took[step]]


def sold(market: Market) -> tuple[int, int, int]:
    """Return how many purchases a market keeps, how many packs they hold, and how many packs the shelves hold back."""
    with market.app.app_context():
        purchases = db.session.scalar(select(func.count(Purchase.id))) or 0
        packs = db.session.scalar(select(func.sum(OrderLine.quantity))) or 0
        held = db.session.scalar(select(func.sum(Sku.held))) or 0
        db.session.remove()
    return purchases, packs, held


def _compare(market: Market, before: tuple[int, int, int], placed: int) -> None:
    found = tuple(now - then for now, then in zip(sold(market), before, strict=True))
    if found != (placed, placed, placed):
        raise SystemExit(f"{placed} orders told; purchases, packs and packs held: {found}")
    market.assert_sound()
    print(f"{placed} purchases told, kept and held; nothing lost, oversold or answered with 500")
