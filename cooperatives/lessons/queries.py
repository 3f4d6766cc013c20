"""Who has finished which lesson, in the version that counts now."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import joinedload

from cooperatives.lessons.catalogue import Lesson, lessons, versions
from cooperatives.lessons.models import FinishedLesson
from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.core.db import db


class Progress(NamedTuple):
    """A lesson and the row of who finished it first, or None."""

    lesson: Lesson
    done: FinishedLesson | None


def of_person(person: User, lang: str) -> list[Progress]:
    """Return every lesson, with who finished it: for the person's sellers or the one they help, or for themselves."""
    mine = FinishedLesson.cooperative_id.in_(open_to(person))
    alone = (FinishedLesson.user_id == person.id) & FinishedLesson.cooperative_id.is_(None)
    return _progress(or_(mine, alone), lang)


def of_seller(cooperative_id: int, lang: str) -> list[Progress]:
    """Return every lesson, with who of a seller's people, or which helper with them, finished it."""
    return _progress(FinishedLesson.cooperative_id == cooperative_id, lang)


def next_for(person: User, lang: str) -> Lesson | None:
    """Return the first lesson that nobody has finished for the person's sellers, or None."""
    return next((one.lesson for one in of_person(person, lang) if one.done is None), None)


def unfinished(cooperative_ids: Sequence[int]) -> dict[int, int]:
    """Return how many lessons each seller has yet to finish: one statement, however many they are."""
    rows = db.session.execute(
        select(FinishedLesson.cooperative_id, func.count(FinishedLesson.lesson.distinct()))
        .where(FinishedLesson.cooperative_id.in_(cooperative_ids), _counts())
        .group_by(FinishedLesson.cooperative_id)
    )
    done: dict[int | None, int] = {row[0]: row[1] for row in rows}
    return {key: len(versions()) - done.get(key, 0) for key in cooperative_ids}


def _progress(whose: ColumnElement[bool], lang: str) -> list[Progress]:
    rows = db.session.scalars(
        select(FinishedLesson)
        .where(whose, _counts())
        .options(joinedload(FinishedLesson.person))
        .order_by(FinishedLesson.answered_at.desc(), FinishedLesson.id.desc())
    )
    first = {row.lesson: row for row in rows}
    return [Progress(one, first.get(one.code)) for one in lessons(lang)]


def _counts() -> ColumnElement[bool]:
    return or_(
        *(
            and_(FinishedLesson.lesson == code, FinishedLesson.version == version)
            for code, version in versions().items()
        )
    )
