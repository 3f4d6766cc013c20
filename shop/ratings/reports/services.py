"""report() and decide(): what is reported waits for an officer; hiding takes it out of the count."""

from sqlalchemy import select, update

from shop.accounts.models import User
from shop.accounts.queries import officers_of_commune
from shop.audit.services import record
from shop.core.db import changed, db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.notices.services import tell
from shop.ratings import messages, moving, tally
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.reports.models import RatingDecision, RatingReport, Verdict, Why
from shop.ratings.reports.queries import OPEN

NEEDS_A_REASON = _l("Say why: whoever wrote it reads this.")


def report(rating: Rating, why: Why, note: str) -> None:
    """Keep that somebody finds a shown rating wrong; the officers of its commune hear of the first open report."""
    first = db.session.scalar(select(RatingReport.id).where(RatingReport.rating_id == rating.id, OPEN).limit(1)) is None
    db.session.add(RatingReport(rating_id=rating.id, why=why, note=note))
    record("rating_reported", rating, None, why=why.value)
    if first:
        for officer in officers_of_commune(rating.cooperative.commune_code):
            tell(officer, "rating_reported", f"/review/ratings/{rating.code}", product=rating.line.name)


def decide(rating: Rating, officer: User, verdict: Verdict, reason: str) -> RatingDecision:
    """Hide a rating, keep it, or show it again; its open reports are settled by this, and its author is told.

    Who may decide is asked by the query that finds the rating. Raises Invalid for a missing reason, Conflict where
    somebody was quicker.
    """
    if verdict is not Verdict.KEEP and not reason:
        raise Invalid("reason", NEEDS_A_REASON)
    moving.lock(rating)
    decision = RatingDecision(rating_id=rating.id, officer_id=officer.id, verdict=verdict, reason=reason)
    db.session.add(decision)
    db.session.flush()
    waiting = update(RatingReport).where(RatingReport.rating_id == rating.id, OPEN).values(decision_id=decision.id)
    settled = changed(waiting)
    if verdict is Verdict.KEEP and (not settled or rating.state is not RatingState.SHOWN):
        raise Conflict(moving.HANDLED)
    if verdict is not Verdict.KEEP:
        moving.move(rating, verdict.value)
    if verdict is Verdict.HIDE:
        tally.uncount(rating, rating.stars)
        messages.tell_author(rating, f"rating_hidden_{decision.id}", messages.HIDDEN, reason)
    if verdict is Verdict.SHOW_AGAIN:
        tally.count(rating)
        messages.tell_author(rating, f"rating_shown_{decision.id}", messages.SHOWN_AGAIN)
    record(f"rating_{verdict.value}", rating, officer, decision=decision.id, reports=settled)
    return decision
