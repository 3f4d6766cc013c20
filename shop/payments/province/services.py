"""Noting what the province paid a cooperative for its vouchers: never more than is due."""

from sqlalchemy import exists, select

from cooperatives.models import Cooperative
from shop.accounts import throttle
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l
from shop.ledger.models import Kind
from shop.ledger.services import Source, book
from shop.payments.province import queries
from shop.payments.province.models import VoucherPayout


def check(cooperative: Cooperative, amount: int, reference: str) -> None:
    """Say what stands in the way of noting a payout: Conflict where it was noted, Invalid("amount") where too much."""
    noted = VoucherPayout.cooperative_id == cooperative.id, VoucherPayout.reference == reference
    if db.session.scalar(select(exists().where(*noted))):
        raise Conflict(_l("This transfer was noted before."))
    due = queries.due_to(cooperative.id)
    if not 0 < amount <= due:
        raise Invalid("amount", _l("%(due)s is due to this seller. Not more can be paid.", due=show_money(due)))


def note(cooperative: Cooperative, amount: int, reference: str, actor: User) -> VoucherPayout:
    """Keep and book that the province paid `amount` đồng; one payout of a seller after the other. As `check` raises."""
    throttle.take(f"province:{cooperative.id}")
    check(cooperative, amount, reference)
    made = VoucherPayout(cooperative_id=cooperative.id, amount=amount, reference=reference, noted_by_id=actor.id)
    db.session.add(made)
    db.session.flush()
    book(Kind.VOUCHER_PAID, Source(made.id, cooperative.code, cooperative.id), amount)
    audit.record("voucher_paid", made, actor, amount=amount, reference=reference)
    return made
