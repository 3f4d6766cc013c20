"""Finding what begins as somebody types: one look into the index, one at the communes, at most eight lines."""

from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Integer, Select, Text, bindparam, column, exists, func, literal_column, select, table
from sqlalchemy.orm import aliased

from cooperatives.models import Cooperative
from products import queries as products
from products.catalogue import CATEGORIES
from products.models import Product, ProductRevision, RevisionText
from products.search.matching import Query, Word, fts5, tsquery
from products.search.models import SearchEntry
from products.views import said
from shop.core.db import db
from shop.core.present import settings
from shop.core.text import compact, fold
from shop.places.models import Commune

LEAST = 2  # letters: one begins too much
LONGEST = 60
LOOKED_AT = 60  # of the newest goods that have the words
NAMES, SELLERS, PLACES, KINDS = 5, 2, 2, 2
_WORDS = 6
_JOINED = 4  # letters from which words may be written together

_FTS = table("search_fts", column("rowid", BigInteger), column("search_fts"))
_VI, _OWN = aliased(RevisionText, name="vi_words"), aliased(RevisionText, name="own_words")


class Suggestion(NamedTuple):
    """One thing the text may become: "goods" (its name), "seller", "commune" or "category", with code and slug."""

    kind: str
    text: str
    code: str = ""
    slug: str = ""


def begun(text: str, lang: str) -> list[Suggestion]:
    """Return what the words of a text, the last one perhaps unfinished, begin; [] for less than two letters."""
    words = fold(text[:LONGEST]).split()[:_WORDS]
    if len("".join(words)) < LEAST:
        return []
    kinds = [
        Suggestion("category", one.names[lang], code)
        for code, one in CATEGORIES.items()
        if any(_begins(words, name) for name in one.names.values())
    ]
    return [*kinds[:KINDS], *_goods_and_sellers(words, lang), *_communes(words)]


def _goods_and_sellers(words: list[str], lang: str) -> list[Suggestion]:
    sqlite = bool(db.session.get_bind().dialect.name == "sqlite")
    query = _query(words)
    values = {"matches": fts5(query) if sqlite else tsquery(query), "limit": LOOKED_AT}
    names: dict[str, Suggestion] = {}
    sellers: dict[str, Suggestion] = {}
    for own, vi, code, slug, seller in db.session.execute(_candidates(lang, sqlite), values):
        name = said(own, vi, lang).text
        if any(_begins(words, one) for one in (own, vi) if one):
            names.setdefault(fold(name), Suggestion("goods", name))
        if _begins(words, seller):
            sellers.setdefault(code, Suggestion("seller", seller, code, slug))
    return [*list(names.values())[:NAMES], *list(sellers.values())[:SELLERS]]


def _communes(words: list[str]) -> list[Suggestion]:
    values = {"home": settings().home_province}
    found = db.session.execute(_communes_with_goods(), values)
    return [Suggestion("commune", name, code) for code, name in found if _begins(words, name)][:PLACES]


def _query(words: list[str]) -> Query:
    *whole, last = words
    ends = (Word("words", last, True), *([Word("joined", last, True)] if len(last) >= _JOINED else []))
    return ((*((Word("words", one),) for one in whole), ends),)


def _begins(words: list[str], name: str) -> bool:
    """Say whether a name has all of the words, in their order or not, or is written together as they are."""
    there = fold(name).split()
    *whole, last = words
    if all(word in there for word in whole) and any(one.startswith(last) for one in there):
        return True
    return not whole and len(last) >= _JOINED and compact(name).startswith(last)


@cache
def _candidates(lang: str, sqlite: bool) -> Select[Any]:
    """Select names and sellers of the newest public goods that match: `matches`, `limit`."""
    matches = bindparam("matches", type_=Text)
    if sqlite:
        found: Any = select(_FTS.c.rowid.label("product_id")).where(_FTS.c.search_fts.op("MATCH")(matches))
        found = found.order_by(_FTS.c.rowid.desc())
    else:
        tsv: Any = literal_column("search_entries.tsv")
        wanted = func.to_tsquery(literal_column("'simple'"), matches)
        found = select(SearchEntry.product_id).where(tsv.op("@@")(wanted)).order_by(SearchEntry.product_id.desc())
    page = found.limit(bindparam("limit", type_=Integer)).subquery("found")
    return (
        products.public(_OWN.name, _VI.name, Cooperative.code, Cooperative.slug, Cooperative.name)
        .join(page, page.c.product_id == Product.id)
        .outerjoin(_VI, (_VI.revision_id == ProductRevision.id) & (_VI.lang == "vi"))
        .outerjoin(_OWN, (_OWN.revision_id == ProductRevision.id) & (_OWN.lang == lang))
        .order_by(Product.id.desc())
    )


@cache
def _communes_with_goods() -> Select[Any]:
    """Select code and short name of the communes that goods come from, in Vietnamese order: `home`."""
    has_goods = exists().where(SearchEntry.commune_code == Commune.code)
    chosen: Any = select(Commune.code, Commune.short_name).where(Commune.province_code == bindparam("home"), has_goods)
    return chosen.order_by(Commune.sort_key, Commune.code)
