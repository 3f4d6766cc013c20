"""Reading vouchers: buyers by the code they typed, sellers through their cooperative."""

from collections.abc import Collection

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.db import db
from shop.vouchers.models import Voucher, VoucherPerson, VoucherReach
from shop.vouchers.people import Buyer, digests
from shop.vouchers.words import key_of

WHOLE = (
    selectinload(Voucher.cooperative),
    selectinload(Voucher.reaches).options(selectinload(VoucherReach.commune), selectinload(VoucherReach.cooperative)),
)


def by_code(typed: str) -> Voucher | None:
    """Return the voucher whose code somebody typed, or None."""
    return db.session.scalar(select(Voucher).where(Voucher.key == key_of(typed)).options(*WHOLE))


def by_codes(codes: Collection[str]) -> list[Voucher]:
    """Return the vouchers of these codes as they stand in the database now, a cooperative's before the province's."""
    if not codes:
        return []
    rows = select(Voucher).where(Voucher.code.in_(codes)).options(*WHOLE)
    found = db.session.scalars(rows.execution_options(populate_existing=True))
    return sorted(found, key=lambda one: (one.cooperative_id is None, one.id))


def uses_of(voucher: Voucher, buyer: Buyer) -> list[int]:
    """Return how often the number and the account of a buyer have used a voucher."""
    mine = VoucherPerson.voucher_id == voucher.id, VoucherPerson.person.in_(digests(voucher.id, buyer))
    return list(db.session.scalars(select(VoucherPerson.uses).where(*mine)))


def of_person(user: User) -> Select[Voucher]:
    """Select the vouchers of the cooperatives that are open to a person now, newest first."""
    mine = Voucher.cooperative_id.in_(open_to(user))
    return select(Voucher).where(mine).order_by(Voucher.id.desc()).options(*WHOLE)


def one_for(user: User, code: str) -> Select[Voucher]:
    """Select the voucher with this code, if the person's cooperative issued it."""
    return of_person(user).where(Voucher.code == code)


def sellers() -> list[Cooperative]:
    """Return the sellers whose goods buyers can find, by name, with their communes."""
    rows = select(Cooperative).where(Cooperative.state == CooperativeState.ACTIVE).order_by(Cooperative.name)
    return list(db.session.scalars(rows.options(selectinload(Cooperative.commune))))


def of_province_by(code: str) -> Select[Voucher]:
    """Select the province's voucher with this code."""
    return of_province().where(Voucher.code == code)


def of_province() -> Select[Voucher]:
    """Select the vouchers of the province, newest first."""
    return select(Voucher).where(Voucher.cooperative_id.is_(None)).order_by(Voucher.id.desc()).options(*WHOLE)
