"""The one verb on visits: write what was done."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from cooperatives.models import Cooperative
from cooperatives.visits.models import FieldVisit, VisitPhoto
from cooperatives.visits.photos import Drawn
from shop.accounts.models import User
from shop.audit.services import record
from shop.core.days import today
from shop.core.db import db
from shop.core.errors import Invalid
from shop.core.i18n import lazy_gettext as _l


class Told(NamedTuple):
    """What a visitor writes; the place on earth in hundredths of a degree (north, east), where they tapped for it."""

    visited_on: date
    place: str
    done: str
    needed: str
    north: int | None
    east: int | None


def write(cooperative: Cooperative, visitor: User, told: Told, photos: Sequence[Drawn]) -> FieldVisit:
    """Keep a visit and its photos (stored already); raises Invalid("visited_on") for a day that has not come."""
    if told.visited_on > today():
        raise Invalid("visited_on", _l("This day has not come yet."))
    made = FieldVisit(cooperative_id=cooperative.id, visitor_id=visitor.id, **told._asdict())
    for position, photo in enumerate(photos):
        made.photos.append(VisitPhoto(position=position, digest=photo.digest, width=photo.width, height=photo.height))
    db.session.add(made)
    db.session.flush()
    record("visited", cooperative, visitor, visit=made.code, photos=len(photos))
    return made
