"""Money that came by transfer: kept once, recognised where that is sure, else put before its cooperative."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import update
from sqlalchemy.dialects import postgresql, sqlite

from cooperatives.models import BankAccount
from cooperatives.queries import members
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.codes import find_order_codes, public_code
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.present import settings
from shop.notices.services import tell
from shop.payments import queries as payments
from shop.payments.books import services as books
from shop.payments.models import Payment
from shop.payments.services import book
from shop.payments.transfers import queries
from shop.payments.transfers.matching import Due, Match, match
from shop.payments.transfers.models import Credit, CreditState, CreditUse, Doubt

HANDLED = _l("This money was dealt with meanwhile. Open the page again.")


class Came(NamedTuple):
    """One amount that came into an account, as a bank's notifier or statement tells it."""

    reference: str  # the bank's own number of the booking
    amount: int  # đồng
    memo: str
    booked_at: datetime


def receive(into: BankAccount, source: str, came: Came, *, tells: bool = True) -> Credit | None:
    """Keep an amount that came, once by its reference, and let it pay what it surely pays.

    Inside writing(). Returns None for one that is known already, whoever told of it first. `tells`: the managers get a
    notice of what waits; whoever reads a statement sees it at once. Payments are held before the amount is kept, so
    that a notifier and a statement that tell of the same never wait for one another.
    """
    codes = find_order_codes(came.memo, settings().code_prefix)
    known = queries.dues(into, codes, source)
    key = _keep_once(into, source, came)
    if key is None:
        return None
    credit = db.session.get_one(Credit, key)
    books.came(credit)
    found = match(came.amount, codes, known)
    credit.order_code = found.about
    if found.doubt is not None or not _settle(credit, found):
        _put_aside(credit, found.doubt or Doubt.LATE, tells)
    return credit


def assign(credit: Credit, codes: Iterable[str], actor: User) -> None:
    """Let waiting money pay these orders of the same account: a person has looked, and it must suffice for each.

    What is over stays in the queue, to go back. Raises Invalid where it is too little or an order cannot be paid,
    Conflict where the money was dealt with meanwhile.
    """
    _lock(credit)
    into = queries.account_of(credit.cooperative_id, credit.account)
    wanted = list(dict.fromkeys(codes))
    if into is None or not wanted:
        raise Invalid("orders", _l("Choose the order that this money pays."))
    found = queries.dues(into, wanted)
    dues = [found[code] for code in wanted if code in found and found[code].payable]
    if len(dues) != len(wanted):
        raise Invalid("orders", _l("One of these orders is paid or ended. Open the page again."))
    if sum(due.amount - due.came for due in dues) + _counted(credit, dues) > credit.left:
        raise Invalid("orders", _l("It is too little for that. Ask the buyer for the rest, or send it back."))
    earlier = [one for due in dues for one in queries.short_of(due.code) if one.id != credit.id]
    for due in dues:
        if not _pay(due, [*(one for one in earlier if one.order_code == due.code), credit], actor):
            raise Invalid("orders", _l("The goods of this order are gone. Send the money back."))
    audit.record("credit_assigned", credit, actor, orders=wanted)
    _close_where_used_up(credit, actor)


def send_back(credit: Credit, note: str, actor: User) -> None:
    """Note that the seller sent back what pays no order; `note` is the bank's reference of that or how it was done."""
    if not note:
        raise Invalid("note", _l("Write when and how you sent it back, for example the bank's number."))
    _end(credit, CreditState.SENT_BACK, note, actor)


def set_aside(credit: Credit, note: str, actor: User) -> None:
    """Note that this money has nothing to do with the market."""
    if credit.used:
        raise Conflict(_l("Part of it pays an order. Send back the rest."))
    _end(credit, CreditState.OTHER, note, actor)


def is_cash(credit: Credit, actor: User) -> None:
    """Close waiting money as the cash that a carrier paid in; Conflict where it pays an order or was dealt with."""
    _lock(credit)
    if credit.used:
        raise Conflict(_l("Part of it pays an order. Send back the rest."))
    _end(credit, CreditState.CASH, "", actor)


def _keep_once(into: BankAccount, source: str, came: Came) -> int | None:
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {
        "code": public_code(),
        "cooperative_id": into.cooperative_id,
        "bank_bin": into.bank_bin,
        "account": into.number,
        "source": source,
        "reference": came.reference,
        "amount": came.amount,
        "used": 0,
        "memo": came.memo,
        "booked_at": came.booked_at,
        "received_at": clock.now(),
        "state": CreditState.WAITING,
        "doubt": Doubt.NO_CODE,
        "note": "",
    }
    key: int | None = db.session.scalar(insert(Credit).values(**row).on_conflict_do_nothing().returning(Credit.id))
    return key


def _settle(credit: Credit, found: Match) -> bool:
    """Pay what matched; False, with nothing done, where goods of an order that was given up are gone."""
    with db.session.begin_nested() as point:
        for due in found.pays:
            sources = [*queries.short_of(due.code, credit.source), credit] if found.with_earlier else [credit]
            if not _pay(due, sources, None):
                point.rollback()
                return False
    _close_where_used_up(credit, None)
    return True


def _pay(due: Due, sources: list[Credit], actor: User | None) -> bool:
    """Make one order's payment paid from these amounts, the oldest first; False where the order wants it no more."""
    payment = payments.locked(due.payment_id)
    if book(payment, None):
        return False
    missing = due.amount
    for source in sources:
        taken = min(missing, source.left)
        if taken:
            _use(source, payment, taken)
            missing -= taken
    if missing:
        raise RuntimeError("a transfer was booked with less than it costs")
    for source in sources[:-1]:
        _close_where_used_up(source, actor)
    return True


def _use(credit: Credit, payment: Payment, amount: int) -> None:
    used = Credit.used + amount
    taken = update(Credit).where(Credit.id == credit.id, used <= Credit.amount).values(used=used)
    if changed(taken.execution_options(synchronize_session=False)) != 1:
        raise Conflict(HANDLED)
    use = CreditUse(credit_id=credit.id, payment_id=payment.id, amount=amount)
    db.session.add(use)
    db.session.flush()
    books.used(use, credit)
    db.session.refresh(credit)


def _counted(credit: Credit, dues: list[Due]) -> int:
    """What `came` counts of this very money (đồng): it is not to be counted twice."""
    short = credit.doubt is Doubt.SHORT and any(due.code == credit.order_code for due in dues)
    return credit.left if short else 0


def _put_aside(credit: Credit, doubt: Doubt, tells: bool) -> None:
    credit.doubt = doubt
    audit.record("credit_waits", credit, None, doubt=doubt.value, order=credit.order_code)
    for membership in members(credit.cooperative) if tells else []:
        with use_language(membership.user.language):
            amount = show_money(credit.amount)
        tell(membership.user, "transfer_waits", f"/my/transfers/{credit.code}", amount=amount)


def _close_where_used_up(credit: Credit, actor: User | None) -> None:
    if credit.left == 0:
        _end(credit, CreditState.SETTLED, "", actor)
    elif credit.state is CreditState.WAITING:
        credit.doubt = Doubt.OVER


def _end(credit: Credit, state: CreditState, note: str, actor: User | None) -> None:
    """Close the money, once, by one guarded UPDATE."""
    values = {"state": state, "doubt": None, "ended_at": clock.now(), "note": note}
    ended = (
        update(Credit)
        .where(Credit.id == credit.id, Credit.state == CreditState.WAITING)
        .values(**values, ended_by_id=actor.id if actor else None)
    )
    db.session.flush()
    if changed(ended.execution_options(synchronize_session=False)) != 1:
        raise Conflict(HANDLED)
    db.session.refresh(credit)
    books.left(credit)
    audit.record(f"credit_{state.value}", credit, actor, used=credit.used, amount=credit.amount)


def _lock(credit: Credit) -> None:
    db.session.refresh(credit, with_for_update=True)
    if credit.state is not CreditState.WAITING:
        raise Conflict(HANDLED)
