"""How well the search answers: nDCG@10 over the table of what people type, on the demo market.

Järvelin and Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4), 2002. A product of a type
that is `best` gains 3, of one that is `also` right 1; the best order there could be is that of the products on sale.
"""

import json
import statistics
import tempfile
import time
from collections import Counter
from math import log2
from pathlib import Path
from typing import Any

from products.models import Product, ProductRevision
from products.queries import public
from products.search import queries, tasks
from shop.core.db import db
from tests.asked import TABLE, Asked
from tests.server import running_market
from tests.shelves import with_demo, with_full_shelves

RESULTS = Path(__file__).parent / "results" / "search.jsonl"
TOP = 10
BEST, ALSO = 3, 1
WORST = 8  # told by name


def measure(*, quick: bool = False) -> dict[str, Any]:
    """Print and return nDCG@10, how many first results are right, and the middle time of a search in ms."""
    fill = (lambda app: with_full_shelves(app, 60)) if quick else with_demo
    with (
        tempfile.TemporaryDirectory() as folder,
        running_market(Path(folder), fill, work=False) as market,
        market.app.app_context(),
    ):
        tasks.refresh_vocabulary()
        types = _types()
        db.session.rollback()
        scored = [_score(asked, types) for asked in TABLE]
        db.session.remove()
    told = [one for one in scored if one["ndcg"] is not None]
    row = {
        "engine": "postgresql" if market.env["DATABASE_URL"].startswith("postgresql") else "sqlite",
        "products": len(types),
        "asked": len(told),
        "ndcg_at_10": round(statistics.mean(one["ndcg"] for one in told), 4) if told else 0.0,
        "first_right": sum(one["first"] for one in told),
        "p50_ms": round(statistics.median(one["ms"] for one in scored), 2),
        "most_ms": round(max(one["ms"] for one in scored), 2),
    }
    print(
        f"search: nDCG@10 {row['ndcg_at_10']:.3f} over {row['asked']} of {len(TABLE)} texts, the first one right for "
        f"{row['first_right']}; {row['p50_ms']:.1f} ms in the middle, {row['most_ms']:.1f} at most "
        f"({row['products']} products, {row['engine']})"
    )
    for one in sorted(told, key=lambda one: float(one["ndcg"]))[:WORST]:
        print(f"  {one['ndcg']:.2f}  {one['typed']}")
    return row


def keep(row: dict[str, Any]) -> None:
    """Add the row to the results."""
    with RESULTS.open("a", encoding="utf-8") as kept:
        kept.write(json.dumps(row) + "\n")


def _types() -> dict[int, int]:
    """Return the type, as a number, of every public product that has one."""
    rows = db.session.execute(public(Product.id, ProductRevision.type_code)).all()
    return {key: int(code.removeprefix("LC-")) for key, code in rows if code}


def _score(asked: Asked, types: dict[int, int]) -> dict[str, Any]:
    """Score one text; None for nDCG where the market has nothing that was meant."""
    begun = time.perf_counter()
    found = queries.find(asked.typed, limit=TOP)
    spent = (time.perf_counter() - begun) * 1000
    gains = [_gain(asked, types.get(key)) for key in found.ids]
    there = Counter(_gain(asked, code) for code in types.values())
    ideal = _dcg(([BEST] * there[BEST] + [ALSO] * there[ALSO])[:TOP])
    score = _dcg(gains) / ideal if ideal and not found.reading.priced else None  # a price leaves out what is too dear
    return {"typed": asked.typed, "ndcg": score, "first": bool(gains and gains[0] == BEST), "ms": spent}


def _gain(asked: Asked, code: int | None) -> int:
    return BEST if code in asked.best else ALSO if code in asked.also else 0


def _dcg(gains: list[int]) -> float:
    return sum(gain / log2(place + 2) for place, gain in enumerate(gains))
