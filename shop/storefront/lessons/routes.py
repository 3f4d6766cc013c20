"""Lessons: the list, one lesson on one page, and answering its question."""

from contextlib import AbstractContextManager, nullcontext

from flask import Blueprint, abort, redirect, request, url_for
from werkzeug.wrappers import Response

from cooperatives.helping.queries import help_of
from cooperatives.lessons.catalogue import Answer, Lesson, lesson, lessons
from cooperatives.lessons.services import finish
from shop.accounts.access import maybe_me, owes_second_factor, public, session_row
from shop.accounts.models import User
from shop.audit import acting
from shop.core.db import db, writing
from shop.core.i18n import current_language
from shop.storefront.pages import public_page

bp = Blueprint("storefront_lessons", __name__)
OWN_ROOM = "lessons"  # the room of the signed-in page, by which a consent opens lessons


@bp.get("/lessons")
@public
def index() -> Response:
    """List the lessons."""
    return public_page("shop/storefront/lessons/index.html", lessons=lessons(current_language()))


@bp.get("/lessons/<code>")
@public
def show(code: str) -> Response:
    """Show a lesson; ?answer= is an answer that was chosen, with why it is right or not."""
    found = _lesson(code)
    chosen = _chosen(found, request.args.get("answer", ""))
    return public_page("shop/storefront/lessons/lesson.html", lesson=found, chosen=chosen)


@bp.post("/lessons/<code>")
@public
def answer(code: str) -> Response:
    """Take an answer; a right one of somebody signed in is kept, and the page says why, the same for everybody."""
    found, number = _lesson(code), request.form.get("answer", "")
    chosen = _chosen(found, number)
    if chosen is None:
        return redirect(url_for(".show", code=code, _anchor="question"))
    if chosen.right:
        _keep(found)
    return redirect(url_for(".show", code=code, answer=number, _anchor="question"))


def _lesson(code: str) -> Lesson:
    return lesson(code, current_language()) or abort(404)


def _chosen(found: Lesson, number: str) -> Answer | None:
    """Return the answer with this number, from 1."""
    numbered = {str(place): one for place, one in enumerate(found.answers, 1)}
    return numbered.get(number)


def _keep(found: Lesson) -> None:
    """Keep it for who is signed in: a page of the public looks at them only here, where something is sent."""
    row, person = session_row(), maybe_me()
    if row is None or person is None or owes_second_factor(row):
        return
    user_id, consent_id = row.user_id, row.consent_id
    with _acting(consent_id, user_id), writing():
        finish(found, db.session.get_one(User, user_id))


def _acting(consent_id: int | None, user_id: int) -> AbstractContextManager[None]:
    """Act for the seller that is being helped, while that consent stands."""
    help_now = help_of(consent_id, user_id, OWN_ROOM) if consent_id is not None else None
    return acting.during(help_now.acting) if help_now is not None and help_now.opens else nullcontext()
