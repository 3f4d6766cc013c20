"""Making and ending a voucher, and its uses: counted by one guarded UPDATE and one guarded upsert a person."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from cooperatives.models import Cooperative
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.vouchers.lifecycle import LIFECYCLE, VoucherState
from shop.vouchers.models import MOST_PERCENT, Reach, Voucher, VoucherKind, VoucherPerson, VoucherReach
from shop.vouchers.people import Buyer, digests
from shop.vouchers.words import code_of, key_of

MOST_USES = 1_000_000
LONGEST = timedelta(days=366)


class Terms(NamedTuple):
    """What a voucher takes off, for which goods, when, and how often; money in đồng, moments in UTC."""

    code: str
    kind: VoucherKind
    value: int
    starts_at: datetime
    ends_at: datetime
    uses_most: int
    person_most: int = 1
    most: int | None = None
    least_goods: int = 0
    first_only: bool = False


class VoucherGone(Conflict):
    """A voucher that the buyer was shown no longer counts; nothing is ordered at another sum."""

    def __init__(self, code: str, why: Any) -> None:
        super().__init__(_l("%(code)s: %(why)s Nothing was ordered. See the new sum.", code=code, why=why))
        self.code = code


def make(
    terms: Terms,
    actor: User,
    cooperative: Cooperative | None = None,
    *,
    communes: Collection[str] = (),
    sellers: Collection[int] = (),
) -> Voucher:
    """Make a voucher of a cooperative, or of the province for all sellers, those of communes, or some; Invalid(field).

    It is never edited: whoever promised something may end it, and make another.
    """
    code = code_of(terms.code)
    _check(terms)
    if db.session.scalar(select(Voucher.id).where(Voucher.key == key_of(code))) is not None:
        raise Invalid("code", _l("This code, or one that looks like it, is taken. Choose another."))
    reach = Reach.OWN if cooperative else Reach.COMMUNES if communes else Reach.SELLERS if sellers else Reach.ALL
    made = Voucher(
        **terms._asdict() | {"code": code},
        key=key_of(code),
        cooperative_id=cooperative.id if cooperative else None,
        reach=reach,
        made_by_id=actor.id,
        made_at=clock.now(),
    )
    made.reaches = [VoucherReach(commune_code=one) for one in sorted(communes)]
    made.reaches += [VoucherReach(cooperative_id=one) for one in sorted(sellers)]
    db.session.add(made)
    db.session.flush()
    audit.record("voucher_made", made, actor, code=code, reach=reach.value, kind=terms.kind.value, value=terms.value)
    return made


def _check(terms: Terms) -> None:
    if terms.value < 1 or (terms.kind is VoucherKind.PERCENT and terms.value > MOST_PERCENT):
        raise Invalid("value", _l("At most half of the price may be taken off: 1 to 50 percent."))
    if terms.kind is VoucherKind.AMOUNT and terms.most is not None:
        raise Invalid("most", _l("Only a percentage has a most."))
    if not clock.now() < terms.ends_at <= terms.starts_at + LONGEST:
        raise Invalid("ends_on", _l("The last day lies after the first, at most a year later, and not in the past."))
    if not 1 <= terms.uses_most <= MOST_USES:
        raise Invalid("uses_most", _l("Enter how often it may be used in all: 1 to 1,000,000."))
    if not 1 <= terms.person_most <= terms.uses_most:
        raise Invalid("person_most", _l("One person may use it at least once, and not more often than all together."))


def end(voucher: Voucher, actor: User) -> None:
    """End a voucher before its last day; what was ordered with it keeps it. Conflict where it was ended before."""
    ended = changed(
        update(Voucher)
        .where(Voucher.id == voucher.id, Voucher.state.in_(LIFECYCLE.sources("end")))
        .values(state=VoucherState.ENDED, ended_at=clock.now(), ended_by_id=actor.id)
    )
    db.session.refresh(voucher)
    if not ended:
        raise Conflict(_l("This voucher was ended before."))
    audit.record("voucher_ended", voucher, actor, code=voucher.code, uses=voucher.uses)


def take(voucher_id: int, buyer: Buyer) -> list[str]:
    """Count one use, for the voucher and for the buyer's number and account; returns what they are counted under.

    Raises VoucherGone where the voucher has ended or is used up, in all or by this buyer; the caller's transaction
    then comes to nothing.
    """
    people = digests(voucher_id, buyer)
    if not take_one(voucher_id, at=clock.now()):
        raise _gone(voucher_id, _l("This voucher has ended or is used up."))
    if not take_people(voucher_id, people):
        raise _gone(voucher_id, _l("You have used this voucher already."))
    return people


def take_one(voucher_id: int, at: datetime | None = None) -> bool:
    """Count one use while there is one left; with `at` only while the voucher counts then."""
    counts = (Voucher.state == VoucherState.ACTIVE, Voucher.starts_at <= at, Voucher.ends_at > at) if at else ()
    free = Voucher.id == voucher_id, Voucher.uses < Voucher.uses_most, *counts
    return bool(changed(update(Voucher).where(*free).values(uses=Voucher.uses + 1)))


def take_people(voucher_id: int, people: Collection[str]) -> bool:
    """Count one use for each of these while they have one left; where False, some may be counted: roll back."""
    return all(db.session.scalars(_counting(voucher_id, person)).all() for person in sorted(people))


def give_back(voucher_id: int, people: Collection[str]) -> None:
    """Take one use back, for the voucher and for these people; the caller has made sure that it is once."""
    db.session.execute(update(Voucher).where(Voucher.id == voucher_id).values(uses=Voucher.uses - 1))
    for person in sorted(people):
        mine = VoucherPerson.voucher_id == voucher_id, VoucherPerson.person == person
        db.session.execute(update(VoucherPerson).where(*mine).values(uses=VoucherPerson.uses - 1))


def _gone(voucher_id: int, why: Any) -> VoucherGone:
    return VoucherGone(db.session.get_one(Voucher, voucher_id).code, why)


def _counting(voucher_id: int, person: str) -> Any:
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    most = select(Voucher.person_most).where(Voucher.id == voucher_id).scalar_subquery()
    return (
        insert(VoucherPerson)
        .values(voucher_id=voucher_id, person=person, uses=1)
        .on_conflict_do_update(
            index_elements=[VoucherPerson.voucher_id, VoucherPerson.person],
            set_={"uses": VoucherPerson.uses + 1},
            where=VoucherPerson.uses < most,
        )
        .returning(VoucherPerson.uses)
    )
