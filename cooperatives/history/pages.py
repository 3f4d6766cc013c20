"""A page of a seller's line of time, ready to show."""

from datetime import datetime
from typing import NamedTuple

from cooperatives.history import queries, words
from cooperatives.models import Cooperative
from shop.core.db import db
from shop.core.paging import Page

PER_PAGE = 30


class Entry(NamedTuple):
    """One kept change in words: what, by whom (None: the market itself), for whom where somebody helped, and when."""

    sentence: str
    who: str | None
    helped: str | None
    at: datetime


class LineOfTime(NamedTuple):
    """Some entries of a seller, newest first, and the page of the list they are."""

    entries: list[Entry]
    page: Page


def line_of_time(cooperative: Cooperative, number: int) -> LineOfTime:
    """Read page `number` (from 1) of what became of a seller, in three queries."""
    page = Page.of(db.session(), queries.entries(cooperative, words.actions()), number, PER_PAGE)
    names = queries.names_in(row for row, _who, _helped in page.items)
    entries = [Entry(words.sentence(row, names), who, helped, row.at) for row, who, helped in page.items]
    return LineOfTime(entries, page)
