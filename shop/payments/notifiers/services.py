"""Connecting a notifier to a cooperative's account, and taking what it tells."""

from sqlalchemy import update

from cooperatives.models import Cooperative
from cooperatives.queries import lock
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db
from shop.core.logs import log
from shop.core.seal import seal
from shop.payments.notifiers.base import Told
from shop.payments.notifiers.models import BankNotifier, NotifierKind
from shop.payments.notifiers.queries import NOW
from shop.payments.transfers import queries as transfers
from shop.payments.transfers.models import Credit
from shop.payments.transfers.services import receive


def connect(cooperative: Cooperative, kind: NotifierKind, secret: str, actor: User) -> BankNotifier:
    """Connect a notifier with the secret its own page shows; one of the same kind is ended by that."""
    lock(cooperative)
    end(cooperative, kind, actor)
    made = BankNotifier(cooperative_id=cooperative.id, kind=kind, secret=seal(secret), made_by_id=actor.id)
    db.session.add(made)
    db.session.flush()
    audit.record("notifier_connected", cooperative, actor, kind=kind.value, code=made.code)
    return made


def end(cooperative: Cooperative, kind: NotifierKind, actor: User) -> bool:
    """Listen to a notifier no more; False where none of the kind is connected."""
    ours = BankNotifier.cooperative_id == cooperative.id, BankNotifier.kind == kind, NOW
    ended = db.session.scalars(
        update(BankNotifier).where(*ours).values(ended_at=clock.now()).returning(BankNotifier.code)
    ).all()
    if ended:
        audit.record("notifier_ended", cooperative, actor, kind=kind.value, code=ended[0])
    return bool(ended)


def take(notifier: BankNotifier, told: Told) -> Credit | None:
    """Take what a proven notifier tells: only of an account that is, or was, this cooperative's own.

    Returns None where nothing new came in. Inside writing().
    """
    notifier.last_told_at = clock.now()
    into = transfers.account_of(notifier.cooperative_id, told.account)
    if into is None:
        log.warning("notifier_of_another_account", notifier=notifier.code)
        return None
    return receive(into, notifier.kind.value, told.came) if told.came is not None else None
