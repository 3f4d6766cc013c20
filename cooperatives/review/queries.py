"""Applications, seen only through the officer of their commune."""

from sqlalchemy import Select, select

from cooperatives.lifecycle import CooperativeState, Task
from cooperatives.models import Cooperative
from cooperatives.review.models import AdmissionDecision, AdmissionIssue
from shop.accounts.models import User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db


def in_communes_of(officer: User) -> Select[Cooperative]:
    """Select the cooperatives in the communes this officer answers for now."""
    return select(Cooperative).where(Cooperative.commune_code.in_(communes_of_officer(officer.id)))


def waiting_for(officer: User) -> Select[Cooperative]:
    """Select the applications that wait for this officer, oldest first."""
    return (
        in_communes_of(officer)
        .where(Cooperative.state == CooperativeState.SUBMITTED)
        .order_by(Cooperative.submitted_at, Cooperative.id)
    )


def one_for(officer: User, code: str) -> Select[Cooperative]:
    """Select the cooperative with this code, in the officer's communes."""
    return in_communes_of(officer).where(Cooperative.code == code)


def decisions_on(cooperative: Cooperative) -> list[AdmissionDecision]:
    """Return the kept decisions, newest first."""
    return list(
        db.session.scalars(
            select(AdmissionDecision)
            .where(AdmissionDecision.cooperative_id == cooperative.id)
            .order_by(AdmissionDecision.id.desc())
        )
    )


def open_issues(cooperative: Cooperative) -> dict[Task, AdmissionIssue]:
    """Return what an officer asked to mend and the seller has not saved since, the newest for each task."""
    standing = select(AdmissionIssue).where(
        AdmissionIssue.cooperative_id == cooperative.id, AdmissionIssue.mended_at.is_(None)
    )
    return {issue.task: issue for issue in db.session.scalars(standing.order_by(AdmissionIssue.id))}
