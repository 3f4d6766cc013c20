"""Noting in which browser a person signed in."""

from sqlalchemy import delete
from sqlalchemy.dialects import postgresql, sqlite

from shop.accounts.alerts import alert
from shop.accounts.devices import queries
from shop.accounts.devices.models import KnownDevice
from shop.accounts.devices.words import device_words
from shop.accounts.models import User
from shop.core import clock
from shop.core.codes import token_digest
from shop.core.db import changed, db


def note(user: User, token: str, agent: str) -> None:
    """Note a sign-in in the browser whose cookie is `token` ('' on a borrowed phone, which is not remembered).

    The person hears of a browser that is new, except of the very first.
    """
    row = queries.known(user.id, token)
    if row is not None:
        row.seen_at = clock.now()
        return
    if queries.has_any(user.id):
        alert(user, "new_device", device=device_words(agent))
    if token:
        insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
        values = {"user_id": user.id, "token_digest": token_digest(token), "first_at": clock.now()}
        db.session.execute(
            insert(KnownDevice).values(**values, seen_at=clock.now()).on_conflict_do_nothing()  # two taps, one sign-in
        )


def forget(user_id: int) -> None:
    """Forget every browser of a person: after a change of password nobody is waved through by an old cookie."""
    db.session.execute(delete(KnownDevice).where(KnownDevice.user_id == user_id))


def forget_old() -> int:
    """Forget browsers not used for longer than a cookie lives; returns how many."""
    return changed(delete(KnownDevice).where(KnownDevice.seen_at < clock.after(days=-queries.KEPT_DAYS)))
