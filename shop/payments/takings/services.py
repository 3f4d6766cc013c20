"""Cash from the door into the seller's account: each step once, by one guarded statement, with an audit row."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import update

from cooperatives.models import Cooperative, MemberRole
from cooperatives.queries import members
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.text import fold
from shop.notices.services import tell
from shop.payments.books import services as books
from shop.payments.models import Payment
from shop.payments.takings import policies, queries
from shop.payments.takings.models import CashTaking, Remittance, TakingState

HANDLED = _l("This was already handled. Open the page again to see how it stands now.")


def take(payment: Payment) -> CashTaking:
    """Keep that the cash of a delivered order was taken at the door, and who has it now.

    Called once for a payment, by payments.services.follow_cash under the payment's row.
    """
    order = payment.parts[0].order
    carrier = policies.carrier_of(order)
    taking = CashTaking(
        payment_id=payment.id,
        cooperative_id=order.cooperative_id,
        amount=payment.amount,
        carrier=carrier,
        state=TakingState.COLLECTED if carrier else TakingState.RECONCILED,
        collected_at=clock.now(),
        reconciled_at=None if carrier else clock.now(),
    )
    db.session.add(taking)
    return taking


def pay_in(codes: Iterable[str], came: int, reference: str, because: str, actor: User) -> Remittance:
    """Note that one carrier paid in the cash of these orders as one sum of `came` đồng.

    Only a manager's own orders count. Raises Invalid for no order, several carriers or sellers, more than was taken,
    or less without a reason; Conflict where one of the orders was noted meanwhile.
    """
    wanted = sorted(set(codes))
    takings = queries.to_pay_in(actor, wanted)
    if not wanted:
        raise Invalid("orders", _l("Tick the orders that this money is for."))
    if len(takings) != len(wanted):
        raise Conflict(HANDLED)
    due = _due(takings, came, because)
    first = takings[0]
    remittance = Remittance(
        cooperative_id=first.cooperative_id,
        carrier=first.carrier,
        due=due,
        came=came,
        because=because if came < due else "",
        reference=reference,
        noted_by_id=actor.id,
        noted_at=clock.now(),
    )
    db.session.add(remittance)
    db.session.flush()
    keys = [taking.payment_id for taking in takings]
    moved = update(CashTaking).where(CashTaking.payment_id.in_(keys), CashTaking.state == TakingState.COLLECTED)
    if changed(moved.values(state=TakingState.REMITTED, remittance_id=remittance.id)) != len(keys):
        raise Conflict(HANDLED)
    audit.record("cash_remitted", remittance, actor, orders=wanted, due=due, came=came, payments=keys)
    return remittance


def _due(takings: list[CashTaking], came: int, because: str) -> int:
    """Return what these orders make, where the sum that came can be theirs."""
    first, due = takings[0], sum(taking.amount for taking in takings)
    one = all(
        policies.same_carrier(taking.carrier, first.carrier) and taking.cooperative_id == first.cooperative_id
        for taking in takings
    )
    if not one:
        raise Invalid("orders", _l("Tick the orders of one carrier only, then the next."))
    if came <= 0:
        raise Invalid("came", _l("Enter how much came, for example 1.250.000"))
    if came > due:
        raise Invalid(
            "came", _l("These orders make %(due)s. Tick every order that this money is for.", due=show_money(due))
        )
    if came < due and not because:
        short = show_money(due - came)
        raise Invalid("because", _l("%(short)s is missing. Say why, for example the carrier's fee.", short=short))
    return due


def see(remittance: Remittance, actor: User) -> None:
    """Note that a sum was seen in the account; Conflict where that was noted before. `actor` manages its seller."""
    now = clock.now()
    seen = update(Remittance).where(Remittance.id == remittance.id, Remittance.seen_at.is_(None))
    if changed(seen.values(seen_at=now, seen_by_id=actor.id)) != 1:
        raise Conflict(HANDLED)
    takings = update(CashTaking).where(
        CashTaking.remittance_id == remittance.id, CashTaking.state == TakingState.REMITTED
    )
    changed(takings.values(state=TakingState.RECONCILED, reconciled_at=now))
    db.session.refresh(remittance)
    books.fee_kept(remittance)
    audit.record("cash_reconciled", remittance, actor, came=remittance.came, due=remittance.due)


def tell_of_overdue() -> int:
    """Tell the managers, once for each order, of the cash that a carrier has too long; returns how many orders."""
    found = queries.untold(clock.now() - policies.TOO_LONG)
    for taking in found:
        taking.told_at = clock.now()
    by_carrier = sorted(found, key=lambda one: (one.cooperative_id, fold(one.carrier)))
    for (key, _name), run in groupby(by_carrier, key=lambda one: (one.cooperative_id, fold(one.carrier))):
        takings = list(run)
        _tell(db.session.get_one(Cooperative, key), takings[0].carrier, sum(one.amount for one in takings))
    return len(found)


def _tell(cooperative: Cooperative, carrier: str, total: int) -> None:
    for membership in members(cooperative):
        if membership.role == MemberRole.MANAGER:
            with use_language(membership.user.language):
                amount = show_money(total)
            tell(membership.user, "cash_overdue", "/my/cash", carrier=carrier, amount=amount)
