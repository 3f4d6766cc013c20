"""answer(): one answer to a rating, changed for 14 days."""

from sqlalchemy import update

from shop.accounts.models import User
from shop.audit.services import record
from shop.core import clock
from shop.core.claims import insert_once
from shop.core.db import changed, db
from shop.core.errors import Conflict
from shop.core.i18n import lazy_gettext as _l
from shop.ratings import messages
from shop.ratings.answers.models import RatingAnswer
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.policies import MAY_CHANGE

FIXED = _l("This answer cannot be changed any more.")
NOT_SHOWN = _l("This rating is not shown. There is nothing to answer.")


def answer(rating: Rating, words: str, person: User) -> None:
    """Answer a shown rating, or say it otherwise within 14 days; its author is told the first time.

    Raises Conflict where the rating is not shown, and for an answer that stands for longer.
    """
    if rating.state is not RatingState.SHOWN:
        raise Conflict(NOT_SHOWN)
    if insert_once(RatingAnswer, rating_id=rating.id, words=words, by_id=person.id):
        record("rating_answered", rating, person)
        messages.tell_author(rating, "rating_answered", messages.ANSWERED)
        return
    kept = db.session.get_one(RatingAnswer, rating.id, populate_existing=True)
    if kept.words == words:
        return
    still = (RatingAnswer.rating_id == rating.id, RatingAnswer.answered_at >= clock.now() - MAY_CHANGE)
    if not changed(update(RatingAnswer).where(*still).values(words=words, by_id=person.id, changed_at=clock.now())):
        raise Conflict(FIXED)
    record("rating_answer_changed", rating, person)
