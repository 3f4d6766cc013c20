"""What becomes of the row of the key; each verb is one guarded statement, and the door commits."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update

from shop.config import Settings
from shop.core import clock
from shop.core.claims import insert_once, next_try
from shop.core.codes import token_digest
from shop.core.db import changed, db
from shop.core.seal import seal
from shop.notices.renewal.models import ONLY, ZaloKey
from shop.notices.renewal.oauth import Pair

TRIES = 3  # in a row without a new key: about twenty minutes
LEASE = timedelta(minutes=1)  # longer than Zalo's door is waited for


def digest_of(settings: Settings) -> str:
    """Return by what the settings' refresh token is known."""
    return token_digest(settings.zalo_refresh_token)


def begin(settings: Settings) -> None:
    """Begin with the settings' refresh token: the first row, or the row anew where it began with another token."""
    digest = digest_of(settings)
    begun = {"begun_with": digest, "sealed_refresh": seal(settings.zalo_refresh_token)}
    if insert_once(ZaloKey, id=ONLY, **begun):
        return
    anew: dict[str, Any] = {"sealed_access": None, "expires_at": None, "claimed_until": None, "tries": 0}
    anew |= {"refused_at": None, "told_at": None, "problem": None, "turn": ZaloKey.turn + 1}
    db.session.execute(update(ZaloKey).where(ZaloKey.id == ONLY, ZaloKey.begun_with != digest).values(**begun, **anew))


def claim_turn(turn: int) -> bool:
    """Take the right to renew, for a minute; the refresh token is good for one use, so only one may try."""
    now = clock.now()
    free = ZaloKey.claimed_until.is_(None) | (ZaloKey.claimed_until < now)
    mine = update(ZaloKey).where(*_of_turn(turn), ZaloKey.refused_at.is_(None), free)
    return changed(mine.values(claimed_until=now + LEASE, tries=ZaloKey.tries + 1)) == 1


def keep(turn: int, pair: Pair) -> None:
    """Keep both tokens in one statement; the old refresh token is of no use any more."""
    values = {
        "sealed_access": seal(pair.access),
        "sealed_refresh": seal(pair.refresh),
        "expires_at": clock.now() + timedelta(seconds=pair.seconds),
    }
    settled = {"claimed_until": None, "tries": 0, "problem": None, "told_at": None, "turn": turn + 1}
    db.session.execute(update(ZaloKey).where(*_of_turn(turn)).values(**values, **settled))


def distrust(turn: int) -> None:
    """Zalo did not take this access token: whoever asks next renews it, unless somebody has already."""
    db.session.execute(update(ZaloKey).where(*_of_turn(turn)).values(expires_at=clock.now()))


def wait(turn: int, tries: int, problem: str) -> None:
    """No answer, or one that another try may mend: later once more."""
    later = {"claimed_until": next_try(tries), "problem": problem}
    db.session.execute(update(ZaloKey).where(*_of_turn(turn)).values(**later))


def give_up(turn: int, problem: str) -> None:
    """Zalo takes this refresh token no more: nobody tries again before the settings hold another one."""
    over = {"refused_at": clock.now(), "claimed_until": None, "problem": problem}
    db.session.execute(update(ZaloKey).where(*_of_turn(turn)).values(**over))


def is_untold() -> bool:
    """Say whether the key cannot be renewed and no admin knows yet."""
    return db.session.scalar(select(ZaloKey.id).where(*_untold())) is not None


def claim_telling() -> str | None:
    """Return what Zalo said, to whoever is to tell the admins; None where nobody is, or somebody does it already."""
    told = update(ZaloKey).where(*_untold()).values(told_at=clock.now()).returning(ZaloKey.problem)
    return db.session.scalar(told.execution_options(synchronize_session=False))


def _of_turn(turn: int) -> tuple[ColumnElement[bool], ...]:
    return ZaloKey.id == ONLY, ZaloKey.turn == turn


def _untold() -> tuple[ColumnElement[bool], ...]:
    ill = ZaloKey.refused_at.is_not(None) | (ZaloKey.tries >= TRIES)
    return ZaloKey.id == ONLY, ZaloKey.told_at.is_(None), ZaloKey.problem.is_not(None), ill
