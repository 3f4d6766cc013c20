"""What `flask verify` proves about disputes: shared out whole, and what was lost is all accounted for."""

from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import func, or_, select

from shop.core.db import db
from shop.payments.disputes.models import Dispute, DisputeShare


def shares_make_the_dispute() -> Iterator[str]:
    """What the orders bear is the disputed amount; once lost, each share is either no sale or was owed."""
    lost = func.coalesce(func.sum(DisputeShare.sale + DisputeShare.repaid), 0)
    borne = func.coalesce(func.sum(DisputeShare.amount), 0)
    rows = (
        select(Dispute.reference, Dispute.amount, borne, lost)
        .outerjoin(DisputeShare, DisputeShare.dispute_id == Dispute.id)
        .group_by(Dispute.id, Dispute.reference, Dispute.amount, Dispute.lost_at)
        .having(
            or_(
                borne != Dispute.amount,
                Dispute.lost_at.is_(None) & (lost != 0),
                Dispute.lost_at.is_not(None) & (lost != Dispute.amount),
            )
        )
    )
    for reference, amount, shared, gone in db.session.execute(rows):
        yield f"dispute {reference}: {amount} đồng, its orders bear {shared}, {gone} lost"


CHECKS: list[Callable[[], Iterable[str]]] = [shares_make_the_dispute]
