"""Who asked for news, and what was sent."""

from sqlalchemy import Select, func, select

from shop.accounts.models import User
from shop.core.db import db
from shop.notices.models import Notice
from shop.privacy.models import PurposeConsent
from shop.privacy.news.models import NewsLetter
from shop.privacy.purposes import PURPOSES

PURPOSE = "news"


def audience() -> Select[User]:
    """Select who says yes to news today, in the words of today."""
    yes = select(PurposeConsent.user_id).where(
        PurposeConsent.purpose == PURPOSE,
        PurposeConsent.version == PURPOSES[PURPOSE].version,
        PurposeConsent.withdrawn_at.is_(None),
    )
    return select(User).where(User.id.in_(yes))


def counted() -> tuple[int, int]:
    """Return how many asked for news, and how many of them by mail; the others read it in the list of notices."""
    asked = audience().subquery()
    both = db.session.execute(select(func.count(), func.count(asked.c.email))).one()
    return int(both[0]), int(both[1])


def following(letter: NewsLetter, at_most: int) -> list[User]:
    """Return the next people of a letter."""
    rest = audience().where(User.id > letter.reached).order_by(User.id).limit(at_most)
    return list(db.session.scalars(rest))


def open_letters() -> list[int]:
    """Return the letters that are not sent to everybody yet, oldest first."""
    return list(db.session.scalars(select(NewsLetter.id).where(NewsLetter.done_at.is_(None)).order_by(NewsLetter.id)))


def newest(at_most: int = 10) -> list[NewsLetter]:
    """Return the letters sent last."""
    return list(db.session.scalars(select(NewsLetter).order_by(NewsLetter.id.desc()).limit(at_most)))


def reader(code: str) -> User | None:
    """Return whose letter carries this notice's code."""
    return db.session.scalar(select(User).join(Notice, Notice.user_id == User.id).where(Notice.code == code))
