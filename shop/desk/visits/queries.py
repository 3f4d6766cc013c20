"""Who needs a visit next, out of what is open in every room below."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import func, select

from cooperatives.lessons.queries import unfinished
from cooperatives.models import Cooperative, Membership
from cooperatives.visits.models import FieldVisit
from cooperatives.visits.queries import sellers_to_visit
from products.issues.models import RevisionIssue
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
from shop.accounts.models import Role, User, UserSession
from shop.core import clock
from shop.core.db import db

OLD_ISSUES = timedelta(days=14)
LONG_AWAY = timedelta(days=30)
LEARNT_BY = timedelta(days=30)  # after admission a seller should know the lessons
MOST = 30  # rows: more than a team visits in a month


class Need(NamedTuple):
    """A seller that somebody should visit: old issues, lessons not finished, when its people were here, last visit."""

    seller: Cooperative
    issues: int
    lessons: int
    unlearnt: bool
    seen: datetime | None
    away: bool
    visited: date | None

    @property
    def is_due(self) -> bool:
        """Whether somebody should go there."""
        return bool(self.issues or self.away or self.unlearnt)


def who_needs_one(person: User, roles: set[Role]) -> list[Need]:
    """Return the sellers with issues open for 14 days, nobody here for 30 or lessons not finished 30 days after
    admission; those with most against them first."""
    wanted = [one for one in _seen(list(db.session.scalars(sellers_to_visit(person, roles)))) if one.is_due]
    return sorted(wanted, key=lambda one: (-one.issues - 2 * one.away - one.unlearnt, one.visited or date.min))[:MOST]


def need_of(seller: Cooperative) -> Need:
    """Return how one seller stands, due for a visit or not."""
    return _seen([seller])[0]


def _seen(sellers: Sequence[Cooperative]) -> list[Need]:
    ids = [one.id for one in sellers]
    issues, lessons, seen, visited = _old_issues(ids), unfinished(ids), _last_seen(ids), _last_visits(ids)
    away, learnt = clock.now() - LONG_AWAY, clock.now() - LEARNT_BY
    return [
        Need(
            seller=one,
            issues=issues.get(one.id, 0),
            lessons=lessons[one.id],
            unlearnt=bool(lessons[one.id] and one.active_since and one.active_since < learnt),
            seen=(at := seen.get(one.id)),
            away=(at or one.created_at) < away,
            visited=visited.get(one.id),
        )
        for one in sellers
    ]


def _old_issues(ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Product.cooperative_id, func.count(RevisionIssue.id))
        .join(ProductRevision, ProductRevision.id == RevisionIssue.revision_id)
        .join(Product, Product.id == ProductRevision.product_id)
        .where(
            Product.cooperative_id.in_(ids),
            ProductRevision.state == RevisionState.RETURNED,
            RevisionIssue.resolved_at.is_(None),
            RevisionIssue.opened_at < clock.now() - OLD_ISSUES,
        )
        .group_by(Product.cooperative_id)
    )
    return {key: int(count) for key, count in rows}


def _last_seen(ids: Sequence[int]) -> dict[int, datetime]:
    rows = db.session.execute(
        select(Membership.cooperative_id, func.max(UserSession.seen_at))
        .join(UserSession, UserSession.user_id == Membership.user_id)
        .where(Membership.cooperative_id.in_(ids), Membership.left_at.is_(None))
        .group_by(Membership.cooperative_id)
    )
    return {row[0]: row[1] for row in rows}


def _last_visits(ids: Sequence[int]) -> dict[int, date]:
    rows = db.session.execute(
        select(FieldVisit.cooperative_id, func.max(FieldVisit.visited_on))
        .where(FieldVisit.cooperative_id.in_(ids))
        .group_by(FieldVisit.cooperative_id)
    )
    return {row[0]: row[1] for row in rows}
