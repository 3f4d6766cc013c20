"""Whatever table a page of the public reads is watched: its changes drop the pages that are kept."""

import re

from flask import Flask
from sqlalchemy import event
from sqlalchemy.engine import Engine

from cooperatives.lessons.catalogue import ORDER
from shop.core.db import db
from shop.storefront.watched import UNWATCHED, WATCHED
from tests.cast import Cast
from tests.shop.ratings.bought import rated

NAMED = re.compile(r"\b(?:FROM|JOIN)\s+\"?([a-z_]+)\"?", re.IGNORECASE)
OWN_NAMES = re.compile(r"\"?([a-z_0-9]+)\"? AS \(", re.IGNORECASE)
ENGINES_OWN = {"search_fts", "search_fts_vocab", "json_each", "sqlite_master", "unnest"}


def read_by(app: Flask, paths: list[str]) -> dict[str, set[str]]:
    """The tables each of these pages reads."""
    found: dict[str, set[str]] = {}
    seen: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        for path in paths:
            seen.clear()
            answer = app.test_client().get(path)
            assert answer.status_code == 200, path
            named = {name.lower() for statement in seen for name in NAMED.findall(statement)}
            found[path] = named - {name.lower() for statement in seen for name in OWN_NAMES.findall(statement)}
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return found


def test_every_table_that_a_kept_page_reads_is_watched(app: Flask, cast: Cast) -> None:
    """A new table on a page of the public is named in shop/storefront/watched.py; its migration ends with create()."""
    rated(cast)
    tea, seller = cast.product(), cast.cooperative()
    pages = [
        f"/products/{tea.code}/wait",
        *(f"/products/{tea.code}/ratings", f"/producers/{seller.code}/ratings"),
        *(
            "/",
            "/categories/tea?sort=price_up",
            "/categories/tea?price_to=900k",
            "/search?q=che&certificate=ocop",
            "/search?q=zzzz",
        ),
        *(f"/products/{tea.slug}-{tea.code}", f"/producers/{seller.slug}-{seller.code}"),
        *(f"/communes/{seller.commune_code}", "/sitemap.xml", "/sitemaps/pages.xml", "/sitemaps/producers.xml"),
        *(
            "/sitemaps/products-1.xml",
            "/robots.txt",
            "/suggestions.json?q=che",
            "/new.atom",
            "/ranking",
            "/about",
            "/how-to-buy",
            "/how-to-sell",
            "/privacy",
            "/lessons",
            "/privacy/periods",
        ),
        f"/lessons/{ORDER[0]}",
    ]
    known = {one.table for one in WATCHED} | UNWATCHED.keys() | ENGINES_OWN
    strays = {path: sorted(tables - known) for path, tables in read_by(app, pages).items()}
    assert {path: tables for path, tables in strays.items() if tables} == {}
    places = app.url_map.bind("127.0.0.1")
    seen = {places.match(path.partition("?")[0])[0] for path in pages}
    rooms = app.extensions["prefixed_blueprints"] | {"sitemap"}
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    there = {rule.endpoint for rule in rules if rule.endpoint.partition(".")[0] in rooms}
    assert there - seen == set(), "pages of the public that this test does not read"


def test_every_watched_table_is_one(app: Flask) -> None:
    assert {one.table for one in WATCHED} | UNWATCHED.keys() <= db.metadata.tables.keys()
