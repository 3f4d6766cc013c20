"""What the officer's queue costs with 2,000 and with 20,000 that wait: same queries, nearly the same time."""

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
from sqlalchemy import event, insert, select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Kind
from products.catalogue import CATEGORIES
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision, RevisionText
from products.queue.models import WaitingRevision
from products.risk import SECOND_CATEGORIES
from products.seconds.models import FirstLook
from shop.accounts.models import OfficerCommune
from shop.core import clock
from shop.core.codes import public_code
from shop.core.db import db, writing
from shop.places.models import Commune
from tests.browser import signed_in
from tests.cast import Cast, make_cast
from tests.server import Market, running_market

RESULTS = Path(__file__).parent / "results" / "queue.jsonl"
SIZES = (2_000, 20_000)
ROUNDS = 40
AT_ONCE = 1_000
MOST = 1.3  # how much longer a page may take with ten times as many
COMMUNES, SELLERS = 10, 100
LOOKED = 40  # risky goods to which another officer has said yes
VIEWS = ("", "?view=risky", "?view=second", "?view=late", "?view=back", "?view=new-seller", "?commune={commune}")
SEARCH = "?q=che+shan+17"
ROW = "{view:<20}{queries:>9}{small_ms:>12.1f}{large_ms:>13.1f}{ratio:>8.2f}"


def measure(rounds: int = ROUNDS, sizes: tuple[int, int] = SIZES) -> list[dict[str, Any]]:
    """Print and return a row for each view: statements, the middle time in ms with few and with many, their ratio.

    Both markets stand beside each other and are asked in turn, so that a busy moment hits both.
    """
    with ExitStack() as stack:
        markets = [_market(stack, size) for size in sizes]
        engine = "postgresql" if markets[0].env["DATABASE_URL"].startswith("postgresql") else "sqlite"
        print(f"The officer's queue on {engine}: {sizes[0]} and {sizes[1]} that wait, {rounds} rounds")
        print(f"{'view':<20}{'queries':>9}{sizes[0]:>9} ms{sizes[1]:>10} ms{'ratio':>8}")
        found = []
        for view in (*VIEWS, SEARCH):
            row = _row(markets, view, rounds) | {"engine": engine, "sizes": list(sizes)}
            print(ROW.format(**row | {"view": row["view"] or "all"}), flush=True)
            found.append(row)
        return found


def too_slow(rows: list[dict[str, Any]]) -> list[str]:
    """Return the views that grow with what waits; a search reads every name and is only told."""
    return [row["view"] or "all" for row in rows if row["view"] != SEARCH and row["ratio"] > MOST]


def keep(rows: list[dict[str, Any]]) -> None:
    """Add the rows to the results."""
    with RESULTS.open("a", encoding="utf-8") as kept:
        kept.writelines(json.dumps(row) + "\n" for row in rows)


def _row(markets: list[Market], view: str, rounds: int) -> dict[str, Any]:
    asked = [_Officer(market, view) for market in markets]
    times: list[list[float]] = [[], []]
    for _ in range(rounds):
        for spent, officer in zip(times, asked, strict=True):
            spent.append(officer.get())
    small, large = (statistics.median(spent) * 1000 for spent in times)
    queries = {officer.queries() for officer in asked}
    if len(queries) > 1:
        raise SystemExit(f"{view}: {sorted(queries)} statements, more with more that wait")
    row = {"view": view, "queries": queries.pop(), "small_ms": round(small, 1), "large_ms": round(large, 1)}
    return row | {"ratio": round(large / small, 3)}


class _Officer:
    """Somebody who asks for one view of one market again and again."""

    def __init__(self, market: Market, view: str) -> None:
        self.app = market.app
        self.path = "/review/products" + view.format(commune=market.facts["commune"])
        self.client = market.app.test_client(use_cookies=False)
        self.given = {
            "base_url": market.app.extensions["settings"].origin,
            "headers": {"Cookie": f"{market.app.extensions['settings'].session_cookie}={market.facts['token']}"},
        }
        self.get()

    def get(self) -> float:
        """Ask once; returns the seconds it took."""
        began = time.perf_counter()
        answer = self.client.get(self.path, **self.given)
        spent = time.perf_counter() - began
        if answer.status_code != 200:
            raise SystemExit(f"{self.path} answers {answer.status_code}")
        return spent

    def queries(self) -> int:
        """How many statements the page takes."""
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if statement.lstrip().upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
                seen.append(statement)

        with self.app.app_context():
            engine = db.engine
        event.listen(engine, "before_cursor_execute", note)
        self.get()
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)


def _market(stack: ExitStack, size: int) -> Market:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
    return stack.enter_context(
        running_market(folder, lambda app: _with_waiting(app, size), work=False, LOG_LEVEL="ERROR")
    )


def _with_waiting(app: Flask, size: int) -> tuple[Cast, dict[str, Any]]:
    """An officer of ten communes, a hundred sellers, and so many new goods and edits that wait since six weeks."""
    with app.app_context():
        cast = make_cast()
        with writing():
            communes = _communes(cast)
            sellers = _sellers(communes)
            rows = _waiting(cast, sellers, size)
            while chunk := list(islice(rows, AT_ONCE)):
                products, revisions, texts = zip(*chunk, strict=True)
                db.session.execute(insert(Product), list(products))
                db.session.execute(insert(ProductRevision), list(revisions))
                db.session.execute(insert(RevisionText), list(texts))
            _looked_at(cast)
            token = signed_in(cast.officer)
        _settle(size)
        db.session.remove()
    return cast, {"token": token, "commune": communes[0]}


def _communes(cast: Cast) -> list[str]:
    mine = select(OfficerCommune.commune_code).where(OfficerCommune.user_id == cast.officer.id)
    free = select(Commune.code).where(Commune.province_code == "12", Commune.code.not_in(mine))
    codes = list(db.session.scalars(free.order_by(Commune.code).limit(COMMUNES)))
    for code in codes:
        db.session.add(OfficerCommune(user_id=cast.officer.id, commune_code=code, valid_from=clock.after(days=-1)))
    return codes


def _sellers(communes: list[str]) -> list[int]:
    made = [
        Cooperative(
            name=f"Hợp tác xã số {place}",
            slug="hop-tac-xa",
            kind=Kind.COOPERATIVE,
            commune_code=communes[place % COMMUNES],
            contact_name="Lò Văn Tâm",
            contact_phone="+84912000999",
            state=CooperativeState.ACTIVE,
        )
        for place in range(SELLERS)
    ]
    db.session.add_all(made)
    db.session.flush()
    return [one.id for one in made]


def _waiting(cast: Cast, sellers: list[int], size: int) -> Iterator[tuple[dict[str, Any], ...]]:
    """The rows of goods that wait: product, revision, words; spread evenly over sellers, kinds and six weeks."""
    kinds, person, now = list(CATEGORIES.values()), cast.ids["member"], clock.now()
    keys = zip(count(10_000), count(10_000), strict=False)
    for place, (product, revision) in zip(range(size), keys, strict=False):
        kind, sent = kinds[place % len(kinds)], now - timedelta(weeks=6) * ((size - place) / size)
        own = {"code": public_code(), "slug": "hang", "cooperative_id": sellers[place % SELLERS]}
        facts = {"category": kind.code, "ship_class": kind.ship_class, "facts": {}}
        number = {"number": 1, "state": RevisionState.SUBMITTED, "submitted_at": sent, "submitted_by_id": person}
        price = {"pack_amount": 500, "pack_word": "goi", "proposed_price": 50_000, "proposed_quantity": 5}
        yield (
            {"id": product, "created_by_id": person, **own},
            {"id": revision, "product_id": product, "created_by_id": person, **facts, **number, **price},
            {"revision_id": revision, "lang": "vi", "name": f"Chè Shan tuyết {place}", "summary": "", "story": ""},
        )


def _looked_at(cast: Cast) -> None:
    """The oldest risky goods have the yes of somebody else already."""
    risky = select(WaitingRevision.revision_id).where(WaitingRevision.category.in_(SECOND_CATEGORIES))
    keys = db.session.scalars(risky.order_by(WaitingRevision.submitted_at).limit(LOOKED)).all()
    look = {"number": 1, "officer_id": cast.ids["officer_elsewhere"], "said_at": clock.now()}
    db.session.execute(insert(FirstLook), [{"revision_id": key, **look} for key in keys])


def _settle(size: int) -> None:
    """Let the engine count its rows, as it does by itself in a market that has been open for a day."""
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT", writing=True) as connection:
        connection.exec_driver_sql("ANALYZE" if connection.dialect.name == "sqlite" else "VACUUM ANALYZE")
    assert db.session.query(WaitingRevision).count() == size
