"""Verbs on the register: record what happened, note who was told."""

from datetime import timedelta

from sqlalchemy import select, update

from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l
from shop.privacy.models import Breach

REPORT_WITHIN = timedelta(hours=72)  # to the agency A05 of the Ministry of Public Security; Law 91/2025, article 23


def register() -> list[Breach]:
    """Return all breaches, newest first."""
    return list(db.session.scalars(select(Breach).order_by(Breach.id.desc())))


def note(what: str, whom: str, measures: str, actor: User) -> Breach:
    """Record a breach found just now."""
    made = Breach(what=what, whom=whom, measures=measures, recorded_by_id=actor.id)
    db.session.add(made)
    db.session.flush()
    record("breach_recorded", made, actor)
    return made


def told(code: str, agency: bool, actor: User) -> None:
    """Note that the agency, or else the people, were told now; Conflict where that stands already."""
    column = Breach.reported_at if agency else Breach.told_at
    if changed(update(Breach).where(Breach.code == code, column.is_(None)).values({column: clock.now()})) != 1:
        raise Conflict(_l("This is noted already."))
    breach = db.session.scalars(select(Breach).where(Breach.code == code)).one()
    record("breach_reported" if agency else "breach_told", breach, actor)
