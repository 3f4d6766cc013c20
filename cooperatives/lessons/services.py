"""The one verb on lessons: a person has answered right."""

from sqlalchemy import select

from cooperatives.lessons.catalogue import Lesson
from cooperatives.lessons.models import FinishedLesson
from cooperatives.queries import open_to
from shop.accounts.models import User
from shop.audit.services import record
from shop.core.db import db


def finish(lesson: Lesson, person: User) -> None:
    """Keep that a person finished a lesson, for each seller open to them, else for themselves; again is nothing new.

    While they help with consent, that is the seller they help, and the audit has both names.
    """
    # The person's row first: two phones of one person answer one after the other.
    db.session.execute(select(User.id).where(User.id == person.id).with_for_update())
    sellers: list[int | None] = [*db.session.scalars(open_to(person).order_by(None))] or [None]
    known = set(
        db.session.scalars(
            select(FinishedLesson.cooperative_id).where(
                FinishedLesson.user_id == person.id,
                FinishedLesson.lesson == lesson.code,
                FinishedLesson.version == lesson.version,
            )
        )
    )
    new = [one for one in sellers if one not in known]
    for seller in new:
        told = {"lesson": lesson.code, "version": lesson.version}
        db.session.add(FinishedLesson(user_id=person.id, cooperative_id=seller, **told))
    if new:
        record("lesson_finished", person, person, lesson=lesson.code, version=lesson.version, cooperatives=new)
