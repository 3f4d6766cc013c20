"""The sweep that looks once a day whether a day has passed without what was asked."""

from datetime import timedelta

from cooperatives.models import Cooperative
from cooperatives.requirements import queries, services
from shop.core import clock
from shop.core.db import db, writing

EVERY = timedelta(days=1)
AT_ONCE = 20


def remind() -> int:
    """Look at sellers nobody looked at for a day; returns how many."""
    before = clock.now() - EVERY
    keys = list(db.session.scalars(queries.due_for_a_look(before, AT_ONCE)))
    db.session.rollback()
    done = 0
    for key in keys:
        with writing():
            done += services.look(db.session.get_one(Cooperative, key), before)
    return done


SWEEPS = [remind]
