"""Who looked first at what; which goods wait for a second yes, and where nobody else can give it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import joinedload

from cooperatives.helping.models import Consent
from cooperatives.models import Membership
from products.models import Product, ProductRevision
from products.queue.models import WaitingRevision as Row
from products.seconds.models import FirstLook, WaitingLook
from shop.accounts.models import Role, RoleGrant, User
from shop.accounts.queries import answering
from shop.core import clock
from shop.core.db import db
from shop.notices.models import Notice
from shop.places.models import Commune


def standing(revision_id: int, number: int) -> FirstLook | None:
    """Return the first yes that stands on this number of a revision, with its officer, or None."""
    return db.session.scalar(
        select(FirstLook)
        .where(FirstLook.revision_id == revision_id, FirstLook.number == number, FirstLook.withdrawn_at.is_(None))
        .options(joinedload(FirstLook.officer))
        .execution_options(populate_existing=True)
    )


def all_on(product: Product) -> list[FirstLook]:
    """Return every first yes to a product, taken back or not, with its officer, newest first."""
    return list(
        db.session.scalars(
            select(FirstLook)
            .join(ProductRevision, ProductRevision.id == FirstLook.revision_id)
            .where(ProductRevision.product_id == product.id)
            .options(joinedload(FirstLook.officer))
            .order_by(FirstLook.id.desc())
        )
    )


def newest_since(officer: User, since: datetime) -> FirstLook | None:
    """Return the officer's newest first yes said after `since` that still waits for the second, or None."""
    return db.session.scalar(
        select(FirstLook)
        .join(
            WaitingLook, (WaitingLook.revision_id == FirstLook.revision_id) & (WaitingLook.number == FirstLook.number)
        )
        .where(FirstLook.officer_id == officer.id, FirstLook.withdrawn_at.is_(None), FirstLook.said_at > since)
        .options(joinedload(FirstLook.revision).joinedload(ProductRevision.product))
        .order_by(FirstLook.id.desc())
        .limit(1)
    )


def still_counts(look: FirstLook, product: Product) -> bool:
    """Say whether who looked first is none of the seller's own people by now, and never helped it."""
    member = exists().where(Membership.cooperative_id == product.cooperative_id, Membership.user_id == look.officer_id)
    helped = exists().where(Consent.cooperative_id == product.cooperative_id, Consent.helper_id == look.officer_id)
    return not db.session.scalar(select(member | helped))


def on_row() -> ColumnElement[bool]:
    """Join the first yes that waits on a row of the queue."""
    return (WaitingLook.revision_id == Row.revision_id) & (WaitingLook.number == Row.number)


def said_by(officer: User) -> ColumnElement[bool]:
    """Return what a row of the queue is that this officer has said yes to: another goes on with it."""
    return exists().where(on_row(), WaitingLook.officer_id == officer.id)


def waits_for(officer: User) -> ColumnElement[bool]:
    """Return what a row of the queue is that another said yes to and on which this officer may decide."""
    others = select(WaitingLook.revision_id).where(WaitingLook.officer_id != officer.id)
    return and_(Row.revision_id.in_(others), _may_say(officer.id))


def number_for(officer: User, communes: Sequence[Any]) -> Select[int]:
    """Select the number of what waits in some communes, or in those of a column, for this officer's second yes."""
    here = (Row.commune_code + "").in_(communes)  # so that the few yeses are read first, not all that waits there
    return select(func.count()).select_from(Row).where(here, Row.sells, waits_for(officer))


class Lonely(NamedTuple):
    """A commune where goods wait for a second yes that nobody can give: how many, since when."""

    code: str
    name: str
    goods: int
    since: datetime


def lonely() -> list[Lonely]:
    """Return the communes where goods have a first yes and no other officer may say the second, by name."""
    rows = db.session.execute(
        select(Commune.code, Commune.name, func.count(), func.min(FirstLook.said_at))
        .select_from(WaitingLook)
        .join(Row, on_row())
        .join(Commune, Commune.code == Row.commune_code)
        .join(FirstLook, _of_waiting())
        .where(Row.revision_id.in_(select(WaitingLook.revision_id)), Row.sells, ~_another())
        .group_by(Commune.code, Commune.name, Commune.sort_key)
        .order_by(Commune.sort_key)
    )
    return [Lonely(*row) for row in rows]


def is_lonely(revision_id: int) -> bool:
    """Say whether the first yes on this revision waits for a second that no other officer may say."""
    found = (
        select(WaitingLook.revision_id).join(Row, on_row()).where(WaitingLook.revision_id == revision_id, ~_another())
    )
    return db.session.scalar(found) is not None


def told_already(admin: User, kind: str, url: str, commune: str) -> bool:
    """Say whether an admin was told of this commune since the oldest yes that waits there was said."""
    oldest = (
        select(func.min(FirstLook.said_at))
        .select_from(WaitingLook)
        .join(Row, on_row())
        .join(FirstLook, _of_waiting())
        .where(Row.revision_id.in_(select(WaitingLook.revision_id)), Row.commune_code + "" == commune)
    )
    since = db.session.scalar(oldest) or clock.now() - timedelta(days=1)
    told = select(Notice.id).where(Notice.user_id == admin.id, Notice.kind == kind, Notice.url == url)
    return db.session.scalar(told.where(Notice.created_at >= since).limit(1)) is not None


def _of_waiting() -> ColumnElement[bool]:
    return and_(
        FirstLook.revision_id == WaitingLook.revision_id,
        FirstLook.number == WaitingLook.number,
        FirstLook.withdrawn_at.is_(None),
    )


def _another() -> ColumnElement[bool]:
    """Somebody else answers for the commune of a row now, holds the role, and is not of the seller's people."""
    now = clock.now()
    role = exists().where(
        RoleGrant.user_id == User.id,
        RoleGrant.role == Role.OFFICER,
        RoleGrant.valid_from <= now,
        RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to > now),
    )
    chosen = User.id.in_(answering(Row.commune_code))
    return exists().where(
        chosen, role, User.disabled_at.is_(None), User.id != WaitingLook.officer_id, _may_say(User.id)
    )


def _may_say(officer_id: object) -> ColumnElement[bool]:
    """What the policy asks of who decides, for rows of the queue: no member ever, no helper ever, not its writer."""
    member = exists().where(Membership.cooperative_id == Row.cooperative_id, Membership.user_id == officer_id)
    helped = exists().where(Consent.cooperative_id == Row.cooperative_id, Consent.helper_id == officer_id)
    writer = exists().where(
        ProductRevision.id == Row.revision_id,
        (ProductRevision.created_by_id == officer_id) | (ProductRevision.submitted_by_id == officer_id),
    )
    return ~member & ~helped & ~writer
