"""python -m tests.bench [pages] [checkout] [images] [search] [growth] [queue]: what our pages cost.

`pages` are those of the shop beside a hello-world, both under gunicorn sync × 2.
Fills a market of its own with the demo (2,000 products), measures home, category, search and product, drawn anew and
kept, a seller's grid of 300 packs, memory and cold start, and appends one JSON object a row to
tests/bench/results/pages.jsonl. On PostgreSQL where TEST_DATABASE_URL names a server.
`checkout` is what a guest's whole purchase costs (tests/bench/checkout.py).
`images` is what the rendition set of a photo costs beside libvips (tests/bench/images.py), `search` how well the
search answers what people type (tests/bench/search.py), `growth` what pages of the public cost with 2,000 and with
20,000 products (tests/bench/growth.py), `queue` what an officer's page costs with 2,000 and with 20,000 that wait
(tests/bench/queue.py).
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, func, select

from cooperatives.models import Cooperative, MemberRole, Membership
from products.models import Product
from products.queries import public
from shop.core.db import db, writing
from tests.bench import checkout, growth, images, queue, search
from tests.bench.load import Speed, measure, tool
from tests.bench.serving import HELLO, SHOP, served
from tests.browser import signed_in
from tests.server import Market, running_market
from tests.shelves import with_demo, with_full_shelves

RESULTS = Path(__file__).parent / "results" / "pages.jsonl"
REST = 2.0  # seconds of quiet before each measurement
BUYER = "cart=of-somebody"  # who brings a cookie of a person gets a page drawn anew
ROW = "{name:<14}{rps:>9.0f}{p50_ms:>9.1f}{p99_ms:>9.1f}{ratio:>9.1%}{queries:>9}{bytes:>9}"


def main() -> int:
    """Measure and write the rows down."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--seconds", type=int, default=6, help="how long each page is asked for")
    asked.add_argument("--quick", action="store_true", help="60 products instead of the demo; nothing is written down")
    asked.add_argument(
        "parts",
        nargs="*",
        choices=[[], "pages", "checkout", "images", "search", "growth", "queue"],
        help="all of them unless named",
    )
    given = asked.parse_args()
    if "images" in given.parts or not given.parts:
        rows = images.measure(1 if given.quick else images.ROUNDS)
        if not given.quick:
            images.keep(rows)
    if "pages" in given.parts or not given.parts:
        _pages(given)
    if "checkout" in given.parts or not given.parts:
        rows = checkout.measure(*checkout.QUICK) if given.quick else checkout.measure(given.seconds)
        if not given.quick:
            checkout.keep(rows)
    if "search" in given.parts or not given.parts:
        answered = search.measure(quick=given.quick)
        if not given.quick:
            search.keep(answered)
    grown = _grown(growth, given) if "growth" in given.parts or not given.parts else 0
    return (_grown(queue, given) if "queue" in given.parts or not given.parts else 0) or grown


def _grown(part: Any, given: argparse.Namespace) -> int:
    rows = part.measure(3, (100, 1000)) if given.quick else part.measure()
    if given.quick:
        return 0
    part.keep(rows)
    grown = part.too_slow(rows)
    if grown:
        print(f"Too many times as long with ten times as many: {', '.join(grown)}", file=sys.stderr)
    return 1 if grown else 0


def _pages(given: argparse.Namespace) -> None:
    fill = (lambda app: with_full_shelves(app, 60)) if given.quick else with_demo
    print("Filling a market of its own", file=sys.stderr)
    with (
        tempfile.TemporaryDirectory() as folder,
        running_market(Path(folder), fill, work=False, LOG_LEVEL="ERROR") as market,
    ):
        rows = list(_rows(market, given.seconds))
    if not given.quick:
        RESULTS.parent.mkdir(exist_ok=True)
        with RESULTS.open("a", encoding="utf-8") as kept:
            kept.writelines(json.dumps(row) + "\n" for row in rows)


def _rows(market: Market, seconds: int) -> Iterator[dict[str, Any]]:
    engine = "postgresql" if market.env["DATABASE_URL"].startswith("postgresql") else "sqlite"
    with market.app.app_context():
        number = db.session.scalar(public(func.count(Product.id)))
        db.session.remove()
    load = os.getloadavg()[0]
    print(f"{engine}, {number} products on sale, gunicorn sync × 2, {tool()}, load average {load:.1f} before")
    print(f"{'':<14}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'of hello':>9}{'queries':>9}{'bytes':>9}")
    with served(market, HELLO) as hello, served(market, SHOP) as shop:
        seller = _seller_of_many(market.app)
        for name, path in _addresses(market.app).items():
            kept = name.endswith(" kept")
            cookie = seller if name == "grid" else "" if kept else BUYER
            queries, size = _looked_at(market.app, path, cookie)
            yardstick = _speed(hello.url + "/", seconds)
            speed = _speed(shop.url + path, seconds, cookie)
            row = {"name": name, "engine": engine, "products": number, "rps": round(speed.rps, 1)}
            row |= {"p50_ms": round(speed.p50_ms, 2), "p99_ms": round(speed.p99_ms, 2)}
            row |= {"ratio": round(speed.rps / yardstick.rps, 4), "queries": queries, "bytes": size}
            print(ROW.format(**row), flush=True)
            yield row
        sizes = {"name": "workers", "engine": engine, "rss_mib": round(shop.rss()), "cold_s": round(shop.cold, 2)}
        print("Two workers after this: {rss_mib} MiB; {cold_s} s from the start to the first page".format(**sizes))
        yield sizes


def _speed(url: str, seconds: int, cookie: str = "") -> Speed:
    time.sleep(REST)
    return measure(url, seconds, cookie)


def _addresses(app: Flask) -> dict[str, str]:
    """A page of each kind, drawn anew and kept: a common category, a word of the trade, the newest goods."""
    with app.app_context():
        newest = db.session.execute(public(Product.slug, Product.code).order_by(Product.id.desc()).limit(1)).one()
        db.session.remove()
    public_pages = {
        "home": "/",
        "category": "/categories/tea",
        "search": "/search?q=che+shan",
        "product": f"/products/{newest.slug}-{newest.code}",
    }
    kept = {f"{name} kept": path for name, path in public_pages.items()}
    return public_pages | kept | {"grid": "/my/products/grid"}


def _seller_of_many(app: Flask) -> str:
    """Make one person a member of every cooperative, so that the grid has 300 rows; returns the session's cookie."""
    with app.app_context():
        with writing():
            user = db.session.scalars(select(Membership).order_by(Membership.id).limit(1)).one().user
            mine = select(Membership.cooperative_id).where(Membership.user_id == user.id)
            for key in db.session.scalars(select(Cooperative.id).where(Cooperative.id.not_in(mine))).all():
                db.session.add(Membership(cooperative_id=key, user_id=user.id, role=MemberRole.MEMBER))
            token = signed_in(user)
        db.session.remove()
    return f"{app.extensions['settings'].session_cookie}={token}"


def _looked_at(app: Flask, path: str, cookie: str = "") -> tuple[int, int]:
    """How many statements a page takes, and how many bytes its HTML has before compression."""
    client, seen = app.test_client(use_cookies=False), []
    base = app.extensions["settings"].origin
    headers = {"Cookie": cookie}
    client.get(path, base_url=base, headers=headers)
    with app.app_context():
        engine = db.engine

    def count(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", count)
    answer = client.get(path, base_url=base, headers=headers)
    event.remove(engine, "before_cursor_execute", count)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return len(seen), len(answer.data)


if __name__ == "__main__":
    sys.exit(main())
