"""The ratings of the sellers that are open to a person, with what was answered."""

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.db import db
from shop.ratings.answers.models import RatingAnswer
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating


def of_person(user: User, *, unanswered: bool = False) -> Select[Rating]:
    """Select the shown ratings of a person's sellers, the newest first; `unanswered`: only those without an answer."""
    mine = (Rating.cooperative_id.in_(open_to(user)), Rating.state == RatingState.SHOWN)
    chosen = select(Rating).where(*mine).order_by(Rating.id.desc())
    if unanswered:
        chosen = chosen.where(~select(RatingAnswer.rating_id).where(RatingAnswer.rating_id == Rating.id).exists())
    return chosen.options(joinedload(Rating.line), joinedload(Rating.province), joinedload(Rating.cooperative))


def one_for(user: User, code: str) -> Select[Rating]:
    """Select the rating with this code, shown or hidden, if it is of a seller open to the person."""
    mine = (Rating.cooperative_id.in_(open_to(user)), Rating.state != RatingState.TAKEN_BACK)
    return select(Rating).where(Rating.code == code, *mine)


def answers_to(rating_ids: list[int]) -> dict[int, RatingAnswer]:
    """Return the answers to some ratings."""
    found = select(RatingAnswer).where(RatingAnswer.rating_id.in_(rating_ids))
    return {row.rating_id: row for row in db.session.scalars(found)}
