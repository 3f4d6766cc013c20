"""Reading where a seller's cash is: on its way, with carriers, paid in, there."""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from cooperatives.models import MemberRole, Membership
from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.db import db
from shop.core.text import fold
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order
from shop.payments.models import Payment, PaymentPart, PaymentState
from shop.payments.takings.models import CashTaking, Remittance, TakingState
from shop.payments.transfers.models import Credit, CreditState, Doubt

AT_ONCE = 200
NAMELESS = (Doubt.NO_CODE, Doubt.UNKNOWN)  # what names an order is a buyer's money
UNNAMED = (Credit.state == CreditState.WAITING, Credit.used == 0, Credit.doubt.in_(NAMELESS))
WITH_ORDER = joinedload(CashTaking.payment).selectinload(Payment.parts).joinedload(PaymentPart.order)


class Carrier(NamedTuple):
    """The cash that one carrier has, the longest kept first."""

    name: str
    takings: list[CashTaking]

    @property
    def total(self) -> int:
        """Đồng in all."""
        return sum(taking.amount for taking in self.takings)


def managed_by(user: User) -> Select[int]:
    """Select the ids of the cooperatives whose money a person manages; a helper manages nobody's."""
    return select(Membership.cooperative_id).where(
        Membership.user_id == user.id,
        Membership.left_at.is_(None),
        Membership.role == MemberRole.MANAGER,
        Membership.cooperative_id.in_(open_to(user)),
    )


def with_carriers(user: User) -> list[Carrier]:
    """Return what carriers took for a person's cooperatives and have not paid in, by carrier."""
    rows = select(CashTaking).where(
        CashTaking.cooperative_id.in_(managed_by(user)), CashTaking.state == TakingState.COLLECTED
    )
    found = db.session.scalars(rows.order_by(CashTaking.payment_id).limit(AT_ONCE).options(WITH_ORDER)).all()
    by_name = sorted(found, key=lambda one: (fold(one.carrier), one.collected_at, one.payment_id))
    return [Carrier(mine[0].carrier, mine) for mine in _runs(by_name)]


def _runs(takings: Iterable[CashTaking]) -> list[list[CashTaking]]:
    return [list(run) for _name, run in groupby(takings, key=lambda one: fold(one.carrier))]


def to_pay_in(user: User, codes: Iterable[str]) -> list[CashTaking]:
    """Return the cash of these orders that carriers still have, each row held until the transaction ends."""
    rows = (
        select(CashTaking)
        .join(PaymentPart, PaymentPart.payment_id == CashTaking.payment_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Order.code.in_(list(codes)), CashTaking.cooperative_id.in_(managed_by(user)))
        .where(CashTaking.state == TakingState.COLLECTED)
        .order_by(CashTaking.payment_id)
        .with_for_update(of=CashTaking)
    )
    return list(db.session.scalars(rows.execution_options(populate_existing=True)))


def remittances(user: User, *, seen: bool, before: int | None = None, limit: int = AT_ONCE) -> list[Remittance]:
    """Return the sums that were paid in, the newest first: those looked for in the account, or those seen there."""
    rows = select(Remittance).where(
        Remittance.cooperative_id.in_(managed_by(user)),
        Remittance.seen_at.is_not(None) if seen else Remittance.seen_at.is_(None),
    )
    if before is not None:
        rows = rows.where(Remittance.id < before)
    whole = selectinload(Remittance.takings).options(WITH_ORDER), joinedload(Remittance.noted_by)
    return list(db.session.scalars(rows.order_by(Remittance.id.desc()).limit(limit).options(*whole)))


def one_for(user: User, code: str) -> Select[Remittance]:
    """Select the remittance with this code, if the person manages its cooperative."""
    return select(Remittance).where(Remittance.code == code, Remittance.cooperative_id.in_(managed_by(user)))


def credits_for(remittances: Iterable[Remittance]) -> dict[int, list[Credit]]:
    """Return, by remittance, the waiting amounts that name no order and are exactly what it brought, the oldest first.

    Nothing is matched by this: a person says which it is.
    """
    wanted = [one for one in remittances if one.credit_id is None]
    rows = select(Credit).where(
        *UNNAMED,
        Credit.cooperative_id.in_({one.cooperative_id for one in wanted}),
        Credit.amount.in_({one.came for one in wanted}),
    )
    found = db.session.scalars(rows.order_by(Credit.id).limit(AT_ONCE)).all() if wanted else []
    return {
        one.id: [credit for credit in found if (credit.cooperative_id, credit.amount) == (one.cooperative_id, one.came)]
        for one in wanted
    }


def remittances_for(user: User, credit: Credit) -> list[Remittance]:
    """Return the sums carriers paid in that may be this waiting amount: same seller, same sum, matched with none."""
    if credit.state is not CreditState.WAITING or credit.doubt not in NAMELESS or credit.used:
        return []
    rows = select(Remittance).where(
        Remittance.cooperative_id.in_(managed_by(user)),
        Remittance.cooperative_id == credit.cooperative_id,
        Remittance.came == credit.amount,
        Remittance.credit_id.is_(None),
    )
    return list(db.session.scalars(rows.order_by(Remittance.id).limit(AT_ONCE)))


def on_the_way(user: User) -> list[Order]:
    """Return the orders under way whose cash is to be taken at the door, the longest under way first."""
    rows = (
        select(Order)
        .join(PaymentPart, PaymentPart.order_id == Order.id)
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .where(Order.cooperative_id.in_(managed_by(user)), Order.state == OrderState.HANDED_OVER)
        .where(Payment.method == Method.CASH, Payment.state == PaymentState.WAITING)
    )
    whole = joinedload(Order.shipment), joinedload(Order.purchase)
    return list(db.session.scalars(rows.order_by(Order.ship_by, Order.id).limit(AT_ONCE).options(*whole)))


def untold(before: datetime) -> list[CashTaking]:
    """Return the cash that carriers have had since before a moment and of which nobody was told, by cooperative."""
    rows = select(CashTaking).where(
        CashTaking.state == TakingState.COLLECTED,
        CashTaking.collected_at <= before,
        CashTaking.told_at.is_(None),
    )
    return list(db.session.scalars(rows.order_by(CashTaking.cooperative_id, CashTaking.payment_id).limit(AT_ONCE)))
