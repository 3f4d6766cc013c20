"""From the plan to rows: lessons that sellers have finished, the older ones more of them."""

from datetime import timedelta
from random import Random

from cooperatives.lessons.catalogue import ORDER, versions
from cooperatives.lessons.models import FinishedLesson
from cooperatives.lifecycle import CooperativeState
from shop.accounts.models import User
from shop.cli.demo.market import Writer

PACE = timedelta(days=9)  # about one lesson in so many days


def finish_lessons(writer: Writer, seed: int) -> None:
    """Write what the managers of admitted sellers have learnt onto the writer's sheet."""
    rng, sheet, version = Random(seed + 11), writer.sheet, versions()
    for seller in writer.market.sellers:
        if seller.state != CooperativeState.ACTIVE:
            continue
        person, cooperative = writer.managers[seller.key], writer.sellers[seller.key]
        for place, lesson in enumerate(ORDER[: rng.randint(0, min(len(ORDER), seller.age // PACE))], 1):
            at, told = writer.now - seller.age + place * PACE, {"lesson": lesson, "version": version[lesson]}
            sheet.add(FinishedLesson, user_id=person, cooperative_id=cooperative, answered_at=at, **told)
            sheet.audit(User, person, "lesson_finished", person, at, **told, cooperatives=[cooperative])
