"""Verbs on the second factor: begin, confirm, prove, recover, remove."""

from collections.abc import Sequence

from sqlalchemy import delete, update

from shop.accounts import passwords
from shop.accounts.alerts import alert
from shop.accounts.factor import codes, queries
from shop.accounts.factor.models import RecoveryCode, SecondFactor
from shop.accounts.models import WITH_FACTOR, Role, User
from shop.accounts.sessions import end
from shop.audit.services import record
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, NotAllowed
from shop.core.i18n import lazy_gettext as _l
from shop.core.seal import seal, unseal

WRONG = _l("This code is not right, or it was used already. Wait for the next one.")


def begin(user: User) -> str:
    """Return the secret that waits for its first code, a new one where there is none; Conflict once it counts."""
    factor = queries.of_person(user.id)
    if factor is None:
        factor = SecondFactor(user_id=user.id, sealed=seal(codes.new_secret()))
        db.session.add(factor)
        db.session.flush()
    elif factor.confirmed_at is not None:
        raise Conflict(_l("Your code app is set up already."))
    return unseal(factor.sealed)


def confirm(user: User, code: str, recovery_hashes: Sequence[str]) -> bool:
    """Let the factor count once a first code is right; False otherwise. Other sessions of the person end."""
    if queries.is_enrolled(user.id) or not prove(user, code):
        return False
    db.session.execute(update(SecondFactor).where(SecondFactor.user_id == user.id).values(confirmed_at=clock.now()))
    keep_recovery(user, recovery_hashes)
    record("second_factor_set", user, user)
    alert(user, "second_factor_set")
    return True


def prove(user: User, code: str) -> bool:
    """Use up an app's code: True for a right one of a step later than any used before, in parallel too."""
    factor = queries.of_person(user.id)
    step = codes.step_of(unseal(factor.sealed), code) if factor else None
    if factor is None or step is None:
        return False
    fresh = (SecondFactor.user_id == user.id, SecondFactor.last_step < step)
    return changed(update(SecondFactor).where(*fresh).values(last_step=step, sealed=seal(unseal(factor.sealed)))) == 1


def recover(user: User, found: RecoveryCode) -> bool:
    """Use up a recovery code that was compared already; False where somebody was faster."""
    unused = (RecoveryCode.id == found.id, RecoveryCode.used_at.is_(None))
    if changed(update(RecoveryCode).where(*unused).values(used_at=clock.now())) != 1:
        return False
    left = queries.recovery_codes_left(user.id)
    record("recovery_code_used", user, user, left=left)
    alert(user, "recovery_code_used", left=left)
    return True


def matching(user: User, code: str) -> RecoveryCode | None:
    """Return the unused recovery code that a bare text is; hashes, so never inside writing()."""
    place = codes.place_of(code)
    found = queries.recovery_code(user.id, place) if place else None
    right = passwords.matches(found.hashed if found else None, code)
    return found if right else None


def keep_recovery(user: User, hashes: Sequence[str]) -> None:
    """Keep the hashes of eight new recovery codes; the ones before end."""
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    db.session.add_all(
        RecoveryCode(user_id=user.id, place=place, hashed=hashed) for place, hashed in enumerate(hashes, 1)
    )


def renew_recovery(user: User, hashes: Sequence[str]) -> None:
    """Replace the recovery codes of a person who has a factor; Conflict where there is none."""
    if not queries.is_enrolled(user.id):
        raise Conflict(_l("Set up your code app first."))
    keep_recovery(user, hashes)
    record("recovery_codes_renewed", user, user)


def remove(user: User, roles: set[Role]) -> None:
    """Take one's own factor off; Conflict for staff, who must have one."""
    if roles & WITH_FACTOR:
        raise Conflict(_l("Your role needs the code app. Ask another admin to reset it."))
    _drop(user)
    record("second_factor_removed", user, user)
    alert(user, "second_factor_removed")


def reset(user: User, actor: User) -> None:
    """Let a person who lost phone and paper set up anew: factor and sessions end. Only another admin does it."""
    if user.id == actor.id:
        raise NotAllowed(_l("Nobody resets their own code app. Ask another admin."))
    if not _drop(user):
        raise Conflict(_l("This person has no code app."))
    end(user.id)
    record("second_factor_reset", user, actor)
    alert(user, "second_factor_reset")


def _drop(user: User) -> int:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    return changed(delete(SecondFactor).where(SecondFactor.user_id == user.id))
