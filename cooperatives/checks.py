"""What must hold of cooperatives at any time."""

from collections.abc import Iterable

from sqlalchemy import select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, MemberRole, Membership
from cooperatives.review.models import AdmissionDecision, Verdict
from shop.core.db import db


def someone_answers() -> Iterable[str]:
    """Every cooperative that is not closed has a manager."""
    managed = select(Membership.cooperative_id).where(
        Membership.role == MemberRole.MANAGER, Membership.left_at.is_(None)
    )
    going = (Cooperative.state != CooperativeState.CLOSED, Cooperative.id.not_in(managed))
    for code in db.session.scalars(select(Cooperative.code).where(*going)):
        yield f"cooperative {code} has no manager"


def admitted_by_decision() -> Iterable[str]:
    """Whoever sells was admitted by a kept decision of an officer."""
    admitted = select(AdmissionDecision.cooperative_id).where(AdmissionDecision.verdict == Verdict.ADMIT)
    selling = Cooperative.state.in_((CooperativeState.ACTIVE, CooperativeState.SUSPENDED))
    for code in db.session.scalars(select(Cooperative.code).where(selling, Cooperative.id.not_in(admitted))):
        yield f"cooperative {code} sells without an admission"


CHECKS = [someone_answers, admitted_by_decision]
