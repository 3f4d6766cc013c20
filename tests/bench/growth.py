"""What pages of the public cost with 2,000 and with 20,000 products: same queries, nearly the same time, drawn anew."""

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import count, islice
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import event, insert, select, update

from products.catalogue import CATEGORIES
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionPhoto, RevisionText, Sku
from products.search.services import rebuild_all
from products.search.tasks import SWEEPS
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import db, writing
from tests.cast import Cast, make_cast
from tests.server import Market, running_market
from tests.shelves import GOODS

RESULTS = Path(__file__).parent / "results" / "growth.jsonl"
SIZES = (2_000, 20_000)
ROUNDS = 40
AT_ONCE = 1_000
MOST, MOST_SEARCH = 1.2, 2.5  # times as long with ten times as many
SOMEBODY = {"Cookie": "cart=of-somebody"}  # gets a page drawn anew
PAGES = {"home": "/", "category": "/categories/tea", "dearest": "/categories/tea?sort=price_down",
         "search": "/search?q=che+shan", "slip": "/search?q=che+shna", "product": ""}  # fmt: skip
ROW = "{page:<12}{queries:>9}{small_ms:>12.1f}{large_ms:>13.1f}{ratio:>8.2f}"


def measure(rounds: int = ROUNDS, sizes: tuple[int, int] = SIZES) -> list[dict[str, Any]]:
    """Print and return a row for each page: statements, the middle time in ms with few and with many, their ratio.

    Both markets stand beside each other and are asked in turn, so that a busy moment hits both.
    """
    with ExitStack() as stack:
        markets = [_market(stack, size) for size in sizes]
        engine = "postgresql" if markets[0].env["DATABASE_URL"].startswith("postgresql") else "sqlite"
        print(f"Pages of the public on {engine}: {sizes[0]} and {sizes[1]} products, {rounds} rounds")
        print(f"{'page':<12}{'queries':>9}{sizes[0]:>9} ms{sizes[1]:>10} ms{'ratio':>8}")
        found = []
        for page in PAGES:
            row = _row(markets, page, rounds) | {"engine": engine, "sizes": list(sizes)}
            print(ROW.format(**row), flush=True)
            found.append(row)
        return found


def too_slow(rows: list[dict[str, Any]]) -> list[str]:
    """Return the pages that grow too much with what is on sale."""
    searches = {"search", "slip"}
    return [row["page"] for row in rows if row["ratio"] > (MOST_SEARCH if row["page"] in searches else MOST)]


def keep(rows: list[dict[str, Any]]) -> None:
    """Add the rows to the results."""
    with RESULTS.open("a", encoding="utf-8") as kept:
        kept.writelines(json.dumps(row) + "\n" for row in rows)


def _row(markets: list[Market], page: str, rounds: int) -> dict[str, Any]:
    times: list[list[float]] = [[], []]
    paths = [PAGES[page] or market.facts["product"] for market in markets]
    for _ in range(rounds):
        for spent, market, path in zip(times, markets, paths, strict=True):
            spent.append(_asked(market.app, path))
    small, large = (statistics.median(spent) * 1000 for spent in times)
    queries = {_queries(market.app, path) for market, path in zip(markets, paths, strict=True)}
    if len(queries) > 1:
        raise SystemExit(f"{page}: {sorted(queries)} statements, more with more on sale")
    row = {"page": page, "queries": queries.pop(), "small_ms": round(small, 1), "large_ms": round(large, 1)}
    return row | {"ratio": round(large / small, 3)}


def _asked(app: Flask, path: str) -> float:
    began = time.perf_counter()
    answer = app.test_client(use_cookies=False).get(path, base_url=app.extensions["settings"].origin, headers=SOMEBODY)
    spent = time.perf_counter() - began
    if answer.status_code != 200:
        raise SystemExit(f"{path} answers {answer.status_code}")
    return spent


def _queries(app: Flask, path: str) -> int:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    _asked(app, path)
    event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def _market(stack: ExitStack, size: int) -> Market:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    return stack.enter_context(
        running_market(folder, lambda app: _with_goods(app, size), work=False, LOG_LEVEL="ERROR")
    )


def _with_goods(app: Flask, size: int) -> tuple[Cast, dict[str, Any]]:
    """The cast and so many more public products of both sellers, of every kind and over two years."""
    with app.app_context():
        cast = make_cast()
        with writing():
            rows = _goods(cast, size)
            while chunk := list(islice(rows, AT_ONCE)):
                products, revisions, texts, photos, skus = zip(*chunk, strict=True)
                for table, made in (
                    (Product, products),
                    (ProductRevision, revisions),
                    (RevisionText, texts),
                    (RevisionPhoto, photos),
                    (Sku, skus),
                ):
                    db.session.execute(insert(table), list(made))
                for one in products:
                    db.session.execute(
                        update(Product).where(Product.id == one["id"]).values(approved_revision_id=one["id"])
                    )
            rebuild_all()
        for sweep in SWEEPS:
            while sweep():
                pass
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT", writing=True) as connection:
            connection.exec_driver_sql("ANALYZE" if connection.dialect.name == "sqlite" else "VACUUM ANALYZE")
        newest = db.session.execute(select(Product.slug, Product.code).order_by(Product.id.desc()).limit(1)).one()
        db.session.remove()
    return cast, {"product": f"/products/{newest.slug}-{newest.code}"}


def _goods(cast: Cast, size: int) -> Iterator[tuple[dict[str, Any], ...]]:
    kinds, person, now = list(CATEGORIES.values()), cast.ids["member"], clock.now()
    digests = [f"{cast.ids[name]:064x}" for name in ("tea", "honey")]
    sellers = [cast.ids["cooperative"], cast.ids["other_cooperative"]]
    for place, key in zip(range(size), count(10_000), strict=False):
        kind, since = kinds[place % len(kinds)], now - timedelta(days=730) * (place / size)
        name, _category, price, (amount, word) = GOODS[place % len(GOODS)]
        code = public_code()
        yield (
            {"id": key, "code": code, "slug": "hang", "cooperative_id": sellers[place % 2], "created_by_id": person,
             "approved_at": since},
            {"id": key, "product_id": key, "number": 1, "state": RevisionState.APPROVED, "category": kind.code,
             "ship_class": kind.ship_class, "pack_amount": amount, "pack_word": word, "proposed_price": price,
             "created_by_id": person, "submitted_at": since, "submitted_by_id": person, "facts": {}},
            {"revision_id": key, "lang": "vi", "name": f"{name} {place}", "summary": f"{name}, hái tay.", "story": ""},
            {"revision_id": key, "position": 0, "digest": digests[place % 2]},
            {"code": f"{code}-1", "product_id": key, "pack_amount": amount, "pack_word": word,
             "price": price + place % 997 * 100, "on_hand": 20},
        )  # fmt: skip
