"""The key that counts now: renewed where it ends soon, also while nobody is told anything for long."""

from datetime import timedelta
from typing import NamedTuple

from shop.config import Settings
from shop.core import clock
from shop.core.db import db, writing
from shop.core.present import settings
from shop.core.seal import BrokenSeal, unseal
from shop.notices.failures import NotSent, Refused
from shop.notices.renewal import services
from shop.notices.renewal.models import ONLY, ZaloKey
from shop.notices.renewal.oauth import renewed

EARLY = timedelta(minutes=30)  # before its end a key is renewed
NO_KEY = "Zalo -124"  # Zalo's own figure for a key that counts no more; shop.notices.failures has the words


class Key(NamedTuple):
    """An access token, and the turn it came in."""

    access: str
    turn: int


def current(chosen: Settings) -> Key:
    """Return the access token that counts, renewed first where it ends soon.

    Raises Refused where Zalo will not renew it any more, NotSent while another worker is at it or Zalo is silent.
    Called outside writing(): it asks Zalo.
    """
    row = _row(chosen)
    if row.refused_at is not None:
        raise Refused(NO_KEY)
    ends = row.expires_at if row.sealed_access and row.expires_at else clock.now()
    if ends > clock.now() + EARLY:
        return _opened(row)
    with writing():
        mine = services.claim_turn(row.turn)
    try:
        if not mine:
            raise NotSent(NO_KEY)
        return _renew(chosen, row)
    except NotSent as problem:
        if ends > clock.now() and not isinstance(problem, Refused):
            return _opened(row)
        raise


def distrust(key: Key) -> None:
    """Zalo did not take this access token."""
    with writing():
        services.distrust(key.turn)


def renew() -> int:
    """Renew the key where it ends soon (a refresh token lives three months); returns how many were renewed."""
    if not settings().zalo_renews:
        return 0
    before = _row(settings()).turn
    try:
        return int(current(settings()).turn != before)
    except NotSent:
        return 0  # kept in the row


SWEEPS = [renew]


def _row(chosen: Settings) -> ZaloKey:
    """Return the row, begun where there is none or where the settings hold another refresh token."""
    row = db.session.get(ZaloKey, ONLY, populate_existing=True)
    if row is None or row.begun_with != services.digest_of(chosen):
        with writing():
            services.begin(chosen)
        row = db.session.get_one(ZaloKey, ONLY, populate_existing=True)
    db.session.expunge(row)
    db.session.rollback()  # nothing is held open while Zalo answers
    return row


def _renew(chosen: Settings, row: ZaloKey) -> Key:
    try:
        pair = renewed(chosen, _unsealed(row.sealed_refresh))
    except Refused as problem:
        with writing():
            services.give_up(row.turn, str(problem))
        raise Refused(NO_KEY) from problem
    except NotSent as problem:
        with writing():
            services.wait(row.turn, row.tries + 1, str(problem))
        raise
    with writing():
        services.keep(row.turn, pair)
    return Key(pair.access, row.turn + 1)


def _opened(row: ZaloKey) -> Key:
    return Key(_unsealed(row.sealed_access or ""), row.turn)


def _unsealed(sealed: str) -> str:
    try:
        return unseal(sealed)
    except BrokenSeal:
        raise NotSent("SEAL_KEY") from None  # a mistake of the settings, which may be mended
