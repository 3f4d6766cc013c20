"""Reading whether a person has a second factor."""

from sqlalchemy import func, select

from shop.accounts.factor.models import RecoveryCode, SecondFactor
from shop.core.db import db


def of_person(user_id: int) -> SecondFactor | None:
    """Return the person's factor, also one that waits for its first code."""
    return db.session.get(SecondFactor, user_id)


def is_enrolled(user_id: int) -> bool:
    """Say whether the person proved a code app; from then on each sign-in asks for it."""
    factor = of_person(user_id)
    return factor is not None and factor.confirmed_at is not None


def recovery_code(user_id: int, place: int) -> RecoveryCode | None:
    """Return the unused recovery code in this place (1 to 8), or None."""
    return db.session.scalar(
        select(RecoveryCode).where(
            RecoveryCode.user_id == user_id, RecoveryCode.place == place, RecoveryCode.used_at.is_(None)
        )
    )


def recovery_codes_left(user_id: int) -> int:
    """Return how many of the eight were not used yet."""
    unused = select(func.count(RecoveryCode.id)).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None))
    return int(db.session.scalar(unused) or 0)
