"""Verbs on a seller's calendar: set the rules, close for some days, open again."""

from datetime import date

from sqlalchemy import select

from cooperatives.dispatch import queries
from cooperatives.dispatch.calendar import FAR, Rules
from cooperatives.dispatch.models import ClosedDays, DispatchRules
from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.days import today
from shop.core.db import db
from shop.core.errors import Conflict, Invalid, NotFound
from shop.core.formats import show_date
from shop.core.i18n import lazy_gettext as _l


def set_rules(cooperative: Cooperative, rules: Rules, actor: User) -> None:
    """Keep when a cooperative sends; orders placed before keep the day they were promised."""
    _lock(cooperative)
    row = db.session.get(DispatchRules, cooperative.id, populate_existing=True)
    before = row.rules if row else Rules()
    if row is None:
        row = DispatchRules(cooperative_id=cooperative.id)
        db.session.add(row)
    row.send_days, row.cutoff_hour, row.prepare_days = rules.days, rules.cutoff, rules.prepare
    record("dispatch_rules_set", cooperative, actor, before=vars(before), after=vars(rules))


def close(cooperative: Cooperative, first: date, last: date, note: str, actor: User) -> ClosedDays:
    """Close from one local day to another, both within.

    Raises Invalid beside `first` or `last` for days that have passed, lie over a year ahead, end before they
    begin, or are closed already.
    """
    if first < today():
        raise Invalid("first", _l("This day has passed. Choose today or a later day."))
    if last < first:
        raise Invalid("last", _l("The last day comes before the first. Choose a later one."))
    if (last - today()).days > FAR:
        raise Invalid("last", _l("This is more than a year ahead. Look at the year again."))
    _lock(cooperative)
    known = queries.overlapping(cooperative, first, last)
    if known is not None:
        days = {"first": show_date(known.first_day), "last": show_date(known.last_day)}
        raise Invalid("first", _l("You are closed from %(first)s to %(last)s already. Open those days first.", **days))
    made = ClosedDays(cooperative_id=cooperative.id, first_day=first, last_day=last, note=note, created_by_id=actor.id)
    db.session.add(made)
    record("closed_days_set", cooperative, actor, first=first, last=last)
    return made


def open_again(cooperative: Cooperative, code: str, actor: User) -> None:
    """Take closed days back; the row stays. NotFound for another's, Conflict when it was done already."""
    _lock(cooperative)
    found = db.session.scalar(
        select(ClosedDays)
        .where(ClosedDays.cooperative_id == cooperative.id, ClosedDays.code == code)
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise NotFound(_l("There are no such closed days."))
    if found.cancelled_at is not None:
        raise Conflict(_l("These days are open again already."))
    found.cancelled_at = clock.now()
    record("closed_days_cancelled", cooperative, actor, first=found.first_day, last=found.last_day)


def _lock(cooperative: Cooperative) -> None:
    """Take the cooperative's row: two members who close at once come one after the other."""
    db.session.execute(select(Cooperative.id).where(Cooperative.id == cooperative.id).with_for_update())
