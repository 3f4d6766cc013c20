"""Reading sellers' calendars: one query, however many sellers."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Date, Select, bindparam, select

from cooperatives.dispatch.calendar import Calendar, Closure, Rules
from cooperatives.dispatch.models import ClosedDays, DispatchRules
from cooperatives.models import Cooperative
from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.days import today
from shop.core.db import db


def with_calendar(chosen: Select[Any], cooperative_id: Any) -> Select[Any]:
    """Add a cooperative's calendar to a select, one row for each of its closed days: columns for `gathered()`.

    `cooperative_id` is a column of the select. The day it is comes as the parameter `today`.
    """
    coming = ClosedDays.cancelled_at.is_(None) & (ClosedDays.last_day >= bindparam("today", type_=Date))
    return (
        chosen.add_columns(
            *(DispatchRules.send_days, DispatchRules.cutoff_hour, DispatchRules.prepare_days),
            *(ClosedDays.first_day, ClosedDays.last_day, ClosedDays.note.label("closed_note")),
        )
        .outerjoin(DispatchRules, DispatchRules.cooperative_id == cooperative_id)
        .outerjoin(ClosedDays, coming & (ClosedDays.cooperative_id == cooperative_id))
    )


def gathered(rows: Sequence[Any]) -> Calendar:
    """Return the calendar that the rows of one cooperative tell."""
    first = rows[0]
    rules = Rules() if first.send_days is None else Rules(first.send_days, first.cutoff_hour, first.prepare_days)
    closed = (Closure(row.first_day, row.last_day, row.closed_note) for row in rows if row.first_day is not None)
    return Calendar(rules, tuple(closed))


def calendars_of(cooperative_ids: Iterable[int]) -> dict[int, Calendar]:
    """Return the calendar of each of these cooperatives, with the closed days that are not over yet."""
    chosen = with_calendar(select(Cooperative.id).select_from(Cooperative), Cooperative.id)
    chosen = chosen.where(Cooperative.id.in_(list(cooperative_ids))).order_by(Cooperative.id)
    rows = db.session.execute(chosen, {"today": today()}).all()
    return {key: gathered(list(mine)) for key, mine in groupby(rows, key=lambda row: row.id)}


def calendar_of(cooperative_id: int) -> Calendar:
    """Return the calendar of one cooperative."""
    return calendars_of([cooperative_id]).get(cooperative_id, Calendar())


def closed_days_of(cooperative: Cooperative) -> list[ClosedDays]:
    """Return the closed days that stand and are not over yet, the next ones first."""
    mine = select(ClosedDays).where(
        ClosedDays.cooperative_id == cooperative.id,
        ClosedDays.cancelled_at.is_(None),
        ClosedDays.last_day >= today(),
    )
    return list(db.session.scalars(mine.order_by(ClosedDays.first_day)))


def overlapping(cooperative: Cooperative, first: date, last: date) -> ClosedDays | None:
    """Return closed days that share a day with these, or None."""
    return db.session.scalar(
        select(ClosedDays)
        .where(
            ClosedDays.cooperative_id == cooperative.id,
            ClosedDays.cancelled_at.is_(None),
            ClosedDays.first_day <= last,
            ClosedDays.last_day >= first,
        )
        .order_by(ClosedDays.first_day)
        .limit(1)
    )


def turning(person: User, until: date) -> list[tuple[Cooperative, ClosedDays]]:
    """Return the closed days of a person's cooperatives that begin or end from today to a day, the next first."""
    soon = ClosedDays.first_day.between(today(), until) | ClosedDays.last_day.between(today(), until)
    rows = db.session.execute(
        select(Cooperative, ClosedDays)
        .join(ClosedDays, ClosedDays.cooperative_id == Cooperative.id)
        .where(Cooperative.id.in_(open_to(person)), ClosedDays.cancelled_at.is_(None), soon)
        .order_by(ClosedDays.first_day, ClosedDays.id)
    )
    return [(cooperative, closed) for cooperative, closed in rows]
