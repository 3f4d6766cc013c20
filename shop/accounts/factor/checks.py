"""What must hold of code apps at any time."""

from collections.abc import Iterable

from sqlalchemy import select

from shop.accounts.factor.models import RecoveryCode, SecondFactor
from shop.core.db import db
from shop.core.seal import BrokenSeal, unseal


def seals_open() -> Iterable[str]:
    """Every secret can be opened with the keys of the settings: none was lost, none was changed."""
    for key, sealed in db.session.execute(select(SecondFactor.user_id, SecondFactor.sealed)):
        try:
            unseal(sealed)
        except BrokenSeal:
            yield f"the code app of user {key} does not open with SEAL_KEY"


def codes_have_an_app() -> Iterable[str]:
    """Recovery codes stand beside a code app that counts, never alone."""
    counting = select(SecondFactor.user_id).where(SecondFactor.confirmed_at.is_not(None))
    alone = select(RecoveryCode.user_id).where(RecoveryCode.user_id.not_in(counting)).distinct()
    for key in db.session.scalars(alone):
        yield f"user {key} has recovery codes and no code app"


CHECKS = [seals_open, codes_have_an_app]
