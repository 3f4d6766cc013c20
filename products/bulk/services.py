"""Drawing which of the changes that are alike must be opened one by one."""

from collections.abc import Sequence
from random import SystemRandom

from sqlalchemy.dialects import postgresql, sqlite

from products.bulk import queries
from products.bulk.models import BulkDraw
from products.bulk.queries import Alike
from products.lowrisk import SAMPLE_PERCENT
from shop.accounts.models import User
from shop.core.db import db

_LOT = SystemRandom()


def draw(items: Sequence[Alike], officer: User) -> None:
    """Draw for each of these that has no lot yet; of all lots of a kind, a tenth is opened one by one.

    Counted over all that was ever drawn, so that small groups one after another leave out nobody.
    """
    known = queries.draws(one.revision.id for one in items)
    fresh = [one for one in items if (one.revision.id, one.revision.number) not in known]
    if not fresh:
        return
    kind = fresh[0].kind
    total, sampled = queries.drawn(kind)
    wanted = (total + len(fresh)) * SAMPLE_PERCENT // 100 - sampled
    chosen = set(_LOT.sample(range(len(fresh)), max(0, min(wanted, len(fresh)))))
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    for place, one in enumerate(fresh):
        values = {"revision_id": one.revision.id, "number": one.revision.number, "kind": kind}
        drawn = insert(BulkDraw).values(**values, sampled=place in chosen, drawn_for_id=officer.id)
        db.session.execute(drawn.on_conflict_do_nothing())
