"""Counting what is unpaid one buyer after the other, and offering cash again with a reason."""

from shop.accounts import throttle
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import db
from shop.core.errors import DomainError, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.orders.limits import policies, queries
from shop.orders.limits.models import CashLift
from shop.orders.limits.policies import Wish


def check(wish: Wish) -> None:
    """Raise DomainError where this wish is too much; until the transaction ends nobody else counts for this buyer."""
    keys = [f"unpaid:{wish.phone}"] + ([f"unpaid:{wish.buyer_id}"] if wish.buyer_id is not None else [])
    throttle.take(*keys)
    sentence = queries.refusal(wish)
    if sentence is not None:
        raise DomainError(sentence)


def lift(phone: str, because: str, actor: User) -> CashLift:
    """Let the refusals of this number (E.164) no longer count; Invalid where none is in the way."""
    if not policies.came_back(queries.refusals_of(phone)):
        raise Invalid("phone", _l("Cash is offered to this number. There is nothing to lift."))
    made = CashLift(phone=phone, because=because, by_id=actor.id)
    db.session.add(made)
    db.session.flush()
    audit.record("cash_lifted", made, actor, personal={"phone": phone})
    return made
