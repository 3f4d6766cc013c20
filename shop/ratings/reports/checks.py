"""What `flask verify` proves about hidden ratings: each by a kept decision, none by the seller."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import func, select

from cooperatives.models import Membership
from shop.core.db import db
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.reports.models import RatingDecision, Verdict


def hidden_by_a_decision() -> Iterator[str]:
    """A rating is hidden if, and only if, the last decision that moved it hid it."""
    moved = RatingDecision.verdict != Verdict.KEEP
    last = select(func.max(RatingDecision.id).label("id"), RatingDecision.rating_id).where(moved)
    newest = last.group_by(RatingDecision.rating_id).subquery()
    rows: Any = select(Rating.code, Rating.state, RatingDecision.verdict)
    rows = rows.outerjoin(newest, newest.c.rating_id == Rating.id)
    rows = rows.outerjoin(RatingDecision, RatingDecision.id == newest.c.id)
    for code, state, verdict in db.session.execute(rows.where(Rating.state != RatingState.TAKEN_BACK)):
        if (state is RatingState.HIDDEN) != (verdict is Verdict.HIDE):
            yield f"rating {code}: {state}, decided last: {verdict or 'nothing'}"


def the_seller_decides_nothing() -> Iterator[str]:
    """Whoever decided did not belong to the seller then."""
    rows: Any = (
        select(RatingDecision.id)
        .join(Rating, Rating.id == RatingDecision.rating_id)
        .join(Membership, Membership.cooperative_id == Rating.cooperative_id)
        .where(Membership.user_id == RatingDecision.officer_id, Membership.joined_at <= RatingDecision.at)
        .where(Membership.left_at.is_(None) | (Membership.left_at > RatingDecision.at))
    )
    for key in db.session.scalars(rows):
        yield f"rating decision {key}: made by somebody of the seller"


CHECKS: list[Callable[[], Iterable[str]]] = [hidden_by_a_decision, the_seller_decides_nothing]
