"""What was reported, seen by who answers for the seller and is nobody of it."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Select, false, select, true
from sqlalchemy.orm import joinedload

from cooperatives.helping.models import Consent
from cooperatives.models import Cooperative, Membership
from shop.accounts.models import Role, User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.reports.models import RatingDecision, RatingReport, Verdict

OPEN = RatingReport.decision_id.is_(None)


def may_decide(person: User, roles: Collection[Role]) -> Any:
    """Say of a rating's Cooperative whether a person decides about it: an officer of its commune, or an admin.

    Never who belongs, or ever belonged, to the seller or acted for it: the seller does not decide about its ratings.
    """
    here: Any = true() if Role.ADMIN in roles else false()
    if Role.OFFICER in roles and Role.ADMIN not in roles:
        here = Cooperative.commune_code.in_(communes_of_officer(person.id))
    of_seller = select(Membership.id).where(
        Membership.user_id == person.id, Membership.cooperative_id == Cooperative.id
    )
    helped = select(Consent.id).where(Consent.helper_id == person.id, Consent.cooperative_id == Cooperative.id)
    return here & ~of_seller.exists() & ~helped.exists()


def waiting(person: User, roles: Collection[Role]) -> Select[Rating]:
    """Select the shown ratings with an open report that a person decides about, the oldest first."""
    reported = select(RatingReport.id).where(RatingReport.rating_id == Rating.id, OPEN)
    chosen = select(Rating).join(Rating.cooperative).where(Rating.state == RatingState.SHOWN, reported.exists())
    chosen = chosen.where(may_decide(person, roles)).order_by(Rating.id)
    return chosen.options(joinedload(Rating.line), joinedload(Rating.cooperative), joinedload(Rating.province))


def hidden(person: User, roles: Collection[Role]) -> Select[Rating]:
    """Select the hidden ratings that a person decides about, the newest first."""
    chosen = select(Rating).join(Rating.cooperative).where(Rating.state == RatingState.HIDDEN)
    chosen = chosen.where(may_decide(person, roles)).order_by(Rating.id.desc())
    return chosen.options(joinedload(Rating.line), joinedload(Rating.cooperative), joinedload(Rating.province))


def one_for(person: User, roles: Collection[Role], code: str) -> Select[Rating]:
    """Select a rating with this code that was ever reported or hidden, if the person decides about it."""
    ever = select(RatingReport.id).where(RatingReport.rating_id == Rating.id).exists()
    chosen = select(Rating).join(Rating.cooperative).where(Rating.code == code, ever, may_decide(person, roles))
    return chosen.where(Rating.state != RatingState.TAKEN_BACK)


def reports_of(rating_ids: Iterable[int]) -> dict[int, list[RatingReport]]:
    """Return the open reports of each rating, oldest first."""
    found: dict[int, list[RatingReport]] = {}
    rows = select(RatingReport).where(RatingReport.rating_id.in_(list(rating_ids)), OPEN).order_by(RatingReport.id)
    for row in db.session.scalars(rows):
        found.setdefault(row.rating_id, []).append(row)
    return found


def decisions_of(rating: Rating) -> list[RatingDecision]:
    """Return what was decided about a rating, the last first."""
    rows = select(RatingDecision).where(RatingDecision.rating_id == rating.id).order_by(RatingDecision.id.desc())
    return list(db.session.scalars(rows.options(joinedload(RatingDecision.officer))))


def why_hidden(rating: Rating) -> str:
    """Return the reason for which a rating was hidden last, '' where it never was."""
    hides = (RatingDecision.rating_id == rating.id, RatingDecision.verdict == Verdict.HIDE)
    chosen = select(RatingDecision.reason).where(*hides).order_by(RatingDecision.id.desc()).limit(1)
    return db.session.scalar(chosen) or ""
