"""Verbs on phones and SIM cards: hand over, take back."""

from datetime import date
from typing import NamedTuple

from sqlalchemy import update

from cooperatives.lending.models import Handover, Terms, Thing
from cooperatives.models import Cooperative
from cooperatives.teams.models import Programme
from shop.accounts.models import User
from shop.audit.services import record
from shop.core.days import today
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l


class Told(NamedTuple):
    """What was handed over, on which terms and day."""

    thing: Thing
    terms: Terms
    handed_on: date


def hand_over(cooperative: Cooperative, programme: Programme, told: Told, actor: User) -> Handover:
    """Note that a household got a phone or SIM card; raises Invalid("handed_on") for a day that has not come."""
    if told.handed_on > today():
        raise Invalid("handed_on", _l("This day has not come yet."))
    made = Handover(cooperative_id=cooperative.id, programme_id=programme.id, recorded_by_id=actor.id, **told._asdict())
    db.session.add(made)
    db.session.flush()
    record("handed_over", cooperative, actor, handover=made.code, thing=told.thing, terms=told.terms)
    return made


def take_back(handover: Handover, actor: User) -> None:
    """Note that a lent thing came back today; raises Conflict for a gift and for what is back already."""
    lent = update(Handover).where(
        Handover.id == handover.id, Handover.terms == Terms.LENT, Handover.returned_on.is_(None)
    )
    if changed(lent.values(returned_on=today())) != 1:
        raise Conflict(_l("This is back already, or was a gift."))
    record("taken_back", handover.cooperative, actor, handover=handover.code)
