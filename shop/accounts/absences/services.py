"""Entering an absence and ending it early; it begins and ends by itself."""

from datetime import date, timedelta

from sqlalchemy import select, update

from shop.accounts.absences import queries
from shop.accounts.models import OfficerAbsence, User
from shop.audit.services import record
from shop.core import clock
from shop.core.days import end_of, today
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l

_A_DAY = timedelta(days=1)
_A_SECOND = timedelta(seconds=1)


def enter(officer: User, stand_in: User, first: date, last: date, actor: User) -> OfficerAbsence:
    """Hand the officer's communes to the stand-in from the first to the last local day, both within.

    Raises Invalid with the field: days in the past or in the wrong order, oneself as the stand-in, a second
    absence in the same days, or a stand-in who is away, or stands in for nobody because of it, in these days.
    """
    if last < first or last < today():
        raise Invalid("last", _l("The last day is today or later, and not before the first."))
    if stand_in.id == officer.id:
        raise Invalid("stand_in", _l("Somebody else stands in."))
    people = sorted({officer.id, stand_in.id})  # one order of locks for everybody
    db.session.execute(select(User.id).where(User.id.in_(people)).order_by(User.id).with_for_update())
    begins, ends = max(end_of(first - _A_DAY) + _A_SECOND, clock.now()), end_of(last) + _A_SECOND
    if _away(officer, begins, ends):
        raise Invalid("first", _l("There is an absence in these days already."))
    if _away(stand_in, begins, ends):
        raise Invalid("stand_in", _l("This person is away in these days."))
    entered = OfficerAbsence(
        user_id=officer.id, stand_in_id=stand_in.id, valid_from=begins, valid_to=ends, entered_by_id=actor.id
    )
    db.session.add(entered)
    record("absence_entered", officer, actor, first=first.isoformat(), last=last.isoformat(), stand_in=stand_in.id)
    return entered


def finish(absence: OfficerAbsence, actor: User) -> None:
    """End it now, or call it off before it began; raises Conflict when that was done already."""
    ours = OfficerAbsence.id == absence.id
    officer = absence.officer
    if changed(update(OfficerAbsence).where(ours, OfficerAbsence.ended_at.is_(None)).values(ended_at=clock.now())) != 1:
        raise Conflict(_l("This absence has ended already."))
    record("absence_ended", officer, actor, absence=absence.id)


def _away(person: User, begins: object, ends: object) -> bool:
    """Say whether the person is away at any moment between the two."""
    return any(
        one.user_id == person.id and one.valid_from < ends and one.valid_to > begins  # type: ignore[operator]
        for one in queries.coming(person.id)
    )
