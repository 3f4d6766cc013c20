"""Texts that found nothing, counted for staff: what buyers look for and nobody sells yet."""

import re
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from products.search.models import SearchMiss
from shop.core.days import today
from shop.core.db import changed, db
from shop.core.text import fold

KEPT = timedelta(days=90)
SHOWN = timedelta(days=30)
LETTERS = 60
MOST_A_DAY = 2_000  # different texts: a machine that tries words fills no disk
AT_ONCE = 100
_PERSONAL = re.compile(r"(?:\d\D?){6}|@")  # a phone number, a mail address


class Miss(NamedTuple):
    """Folded words and how often they found nothing lately."""

    words: str
    times: int


def count(text: str) -> bool:
    """Count one search that found nothing; False for what is no word, may be somebody's number, or is too much today.

    Inside writing().
    """
    words = fold(text)[:LETTERS].strip()
    if not words or _PERSONAL.search(text):
        return False
    known = db.session.scalar(select(SearchMiss.times).where(SearchMiss.day == today(), SearchMiss.words == words))
    if known is None and _so_many_today() >= MOST_A_DAY:
        return False
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    fresh = insert(SearchMiss).values(day=today(), words=words, times=1)
    one_more = {"times": SearchMiss.times + 1}
    db.session.execute(fresh.on_conflict_do_update(index_elements=[SearchMiss.day, SearchMiss.words], set_=one_more))
    return True


def _so_many_today() -> int:
    return db.session.scalar(select(func.count()).where(SearchMiss.day == today())) or 0


def lately() -> list[Miss]:
    """Return the texts of the last 30 days that found nothing, the most asked first; at most 100."""
    times = func.sum(SearchMiss.times)
    rows = select(SearchMiss.words, times).where(SearchMiss.day > today() - SHOWN).group_by(SearchMiss.words)
    rows = rows.order_by(times.desc(), SearchMiss.words).limit(AT_ONCE)
    return [Miss(words, int(number)) for words, number in db.session.execute(rows)]


def has_old() -> bool:
    """Say whether there are days older than 90 days."""
    oldest = db.session.scalar(select(func.min(SearchMiss.day)))
    return oldest is not None and oldest < today() - KEPT


def forget_old() -> int:
    """Delete days older than 90 days; returns how many rows. Inside writing()."""
    return changed(delete(SearchMiss).where(SearchMiss.day < today() - KEPT))
