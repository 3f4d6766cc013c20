"""Reading a seller's money from the ledger: what moved in each month of a year, and where all of it is now."""

from collections import Counter
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import case, func, select

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.core.days import day_of, end_of
from shop.core.db import db
from shop.ledger.models import Account, LedgerEntry
from shop.ledger.queries import balances
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order
from shop.payments.models import Payment, PaymentPart, PaymentState
from shop.payments.takings.models import CashTaking, TakingState
from shop.payments.takings.queries import managed_by

A = Account
Moved = Counter[tuple[Account, Account]]  # đồng by (debit, credit)
MONTHS = 12


class Month(NamedTuple):
    """What moved between two local midnights, in đồng; `first` is the first day."""

    first: date
    sold: int  # less what was cancelled, refused or given back in part
    by_transfer: int
    in_cash: int  # taken at the door, by carriers too
    by_card: int
    given_back: int
    kept: int  # by carriers, out of the cash they took
    by_province: int  # of what was sold: paid by the province in the buyer's place, for its vouchers

    @property
    def came(self) -> int:
        """What buyers paid, by every way."""
        return self.by_transfer + self.in_cash + self.by_card

    @property
    def is_empty(self) -> bool:
        """True where nothing moved."""
        return not any(self[1:])


class Standing(NamedTuple):
    """Where a seller's money is now, in đồng; each is named as the page says it."""

    sold: int  # ever
    to_come: int  # owed by buyers: at the door, by transfer, by card; below zero: owed to them
    at_the_door: int  # of it, in cash when the parcel arrives
    with_carriers: int
    in_hand: int  # cash that is there
    on_card: int  # at the card company: held, passed on to the seller's account there, or disputed
    in_bank: int
    kept: int  # by carriers, ever
    to_give_back: int
    unclear: int  # came, and pays no order so far
    by_province: int  # owed by the province for its vouchers

    @property
    def there(self) -> int:
        """What is somewhere, of buyers and for them."""
        return self.with_carriers + self.in_hand + self.on_card + self.in_bank


def sellers_of(user: User) -> list[Cooperative]:
    """Return the sellers whose money a person manages, by name."""
    rows = select(Cooperative).where(Cooperative.id.in_(managed_by(user)))
    return list(db.session.scalars(rows.order_by(Cooperative.name, Cooperative.id)))


def first_year(seller_id: int) -> int | None:
    """Return the local year of a seller's first booking, or None."""
    at = db.session.scalar(select(func.min(LedgerEntry.at)).where(LedgerEntry.seller_id == seller_id))
    return day_of(at).year if at else None


def months_of(seller_id: int, year: int) -> list[Month]:
    """Return the twelve months of a year, in one query."""
    firsts = [date(year, number, 1) for number in range(1, MONTHS + 1)]
    starts = [_start(first) for first in (*firsts, date(year + 1, 1, 1))]
    number = case(*((LedgerEntry.at < end, place) for place, end in enumerate(starts[1:]))).label("number")
    rows = (
        select(number, LedgerEntry.debit, LedgerEntry.credit, func.sum(LedgerEntry.amount))
        .where(LedgerEntry.seller_id == seller_id, LedgerEntry.at >= starts[0], LedgerEntry.at < starts[-1])
        .group_by("number", LedgerEntry.debit, LedgerEntry.credit)
    )
    moved: list[Moved] = [Counter() for _ in firsts]
    for place, debit, credit, total in db.session.execute(rows):
        moved[place][debit, credit] += int(total)
    return [_month(first, one) for first, one in zip(firsts, moved, strict=True)]


def _start(first: date) -> Any:
    return end_of(first - timedelta(days=1)) + timedelta(seconds=1)


def _month(first: date, moved: Moved) -> Month:
    def into(account: Account) -> int:
        return sum(amount for (debit, _credit), amount in moved.items() if debit is account)

    def out_of(account: Account) -> int:
        return sum(amount for (_debit, credit), amount in moved.items() if credit is account)

    places = (A.CARD, A.BANK, A.CASH)
    return Month(
        first,
        sold=out_of(A.SALES) - into(A.SALES),
        by_transfer=moved[A.UNMATCHED, A.BUYERS],
        in_cash=moved[A.CASH, A.BUYERS],
        by_card=moved[A.CARD, A.BUYERS],
        given_back=sum(moved[A.REFUNDS, place] - moved[place, A.REFUNDS] for place in places)
        + moved[A.BUYERS, A.DISPUTED]
        + moved[A.SALES, A.DISPUTED],  # by the buyer's bank, where a dispute was lost
        kept=moved[A.FEES, A.CASH],
        by_province=moved[A.PROVINCE, A.SALES] - moved[A.SALES, A.PROVINCE],
    )


def standing(seller_id: int) -> Standing:
    """Return where a seller's money is now; the sums are the ledger's, how cash is spread says the room of cash."""
    kept = balances([seller_id]).get(seller_id, dict.fromkeys(Account, 0))
    carriers = _sum(
        CashTaking.amount,
        CashTaking.cooperative_id == seller_id,
        CashTaking.state.in_((TakingState.COLLECTED, TakingState.REMITTED)),
    )
    return Standing(
        sold=kept[A.SALES],
        to_come=kept[A.BUYERS],
        at_the_door=_at_the_door(seller_id),
        with_carriers=carriers,
        in_hand=kept[A.CASH] - carriers,
        on_card=kept[A.CARD] + kept[A.CONNECTED] + kept[A.DISPUTED],
        in_bank=kept[A.BANK],
        kept=kept[A.FEES],
        to_give_back=kept[A.REFUNDS],
        unclear=kept[A.UNMATCHED],
        by_province=kept[A.PROVINCE],
    )


def _at_the_door(seller_id: int) -> int:
    """Return what is to be paid in cash for orders that have not ended, in đồng."""
    rows = (
        select(func.coalesce(func.sum(PaymentPart.amount), 0))
        .join(Payment, Payment.id == PaymentPart.payment_id)
        .join(Order, Order.id == PaymentPart.order_id)
        .where(Order.cooperative_id == seller_id, Order.state.not_in((OrderState.CANCELLED, OrderState.REFUSED)))
        .where(Payment.method == Method.CASH, Payment.state == PaymentState.WAITING)
    )
    return int(db.session.scalar(rows) or 0)


def _sum(amount: Any, *conditions: Any) -> int:
    return int(db.session.scalar(select(func.coalesce(func.sum(amount), 0)).where(*conditions)) or 0)
