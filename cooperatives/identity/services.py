"""Keeping a citizen number: as a keyed hash and three digits, never as it is."""

import hashlib
import hmac

from sqlalchemy import update

from cooperatives.identity.models import CitizenNumber
from cooperatives.models import Cooperative
from cooperatives.queries import lock
from cooperatives.services import needs_applicant
from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.db import db
from shop.core.present import keys_for

PURPOSE = "citizen number"


def sealed(number: str) -> tuple[str, str]:
    """Return what may be kept of twelve checked digits: their digest under today's key, and the last three."""
    return _digest(keys_for(PURPOSE)[0], number), number[-3:]


def _digest(key: bytes, number: str) -> str:
    return hmac.new(key, number.encode(), hashlib.sha256).hexdigest()


def keep(cooperative: Cooperative, number: str, actor: User) -> None:
    """Keep the digest and the last three of twelve checked digits; a number told before is replaced. Inside writing().

    Rows of the same number under a key from before a change of the secret are brought under today's, so that the
    same number is found as long as the old secret is named among the fallbacks.
    """
    needs_applicant(cooperative, actor)
    lock(cooperative)
    digest, ending = sealed(number)
    older = [_digest(key, number) for key in keys_for(PURPOSE)[1:]]
    if older:
        db.session.execute(update(CitizenNumber).where(CitizenNumber.digest.in_(older)).values(digest=digest))
    kept = db.session.get(CitizenNumber, cooperative.id)
    if kept is not None and kept.digest == digest:
        return
    kept = kept or CitizenNumber(cooperative_id=cooperative.id)
    kept.digest, kept.ending, kept.kept_by_id, kept.kept_at = digest, ending, actor.id, clock.now()
    db.session.add(kept)
    record("citizen_number_kept", cooperative, actor)
