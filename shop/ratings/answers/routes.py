"""A seller's ratings: the list, and the answer to each."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.i18n import gettext as _
from shop.core.paging import Page, page_number
from shop.ratings.answers import queries, services
from shop.ratings.answers.forms import AnswerForm
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.policies import may_change
from shop.ratings.words import who

bp = Blueprint("rating_answers", __name__)
PER_PAGE = 20


@bp.get("/my/ratings")
@role_required(Role.MEMBER)
def index() -> str:
    """List what buyers say, the newest first; ?open=1 keeps what has no answer yet."""
    unanswered = bool(request.args.get("open"))
    chosen = queries.of_person(me(), unanswered=unanswered)
    found = Page.of(db.session(), chosen, page_number(request.args), PER_PAGE)

    def page_url(number: int) -> str:
        return url_for(".index", page=number, open=1 if unanswered else None)

    return render_template(
        "shop/ratings/answers/index.html",
        found=found,
        answers=queries.answers_to([one.id for one in found.items]),
        several=len({one.cooperative_id for one in found.items}) > 1,
        unanswered=unanswered,
        page_url=page_url,
        who=who,
    )


@bp.route("/my/ratings/<code>", methods=["GET", "POST"])
@role_required(Role.MEMBER)
def answer(code: str) -> Any:
    """Show one rating with its answer, and keep one."""
    rating, form = _mine(code), AnswerForm.of_request()
    kept = queries.answers_to([rating.id]).get(rating.id)
    if form.accepted():
        try:
            with writing():
                services.answer(_mine(code), str(form.words.data), me())
        except Conflict as problem:
            form.refuse(problem)
            return _page(_mine(code), form), problem.status
        page.say(_("Kept. Everybody can read your answer."))
        return _to_the_list()
    if kept is not None and request.method == "GET":
        form = AnswerForm(words=kept.words)
    return (_page(rating, form), 422) if form.errors else _page(rating, form)


def _mine(code: str) -> Rating:
    found: Rating = db.one_or_404(queries.one_for(me(), code))
    return found


def _to_the_list() -> Response:
    return redirect(url_for(".index"))


def _page(rating: Rating, form: AnswerForm) -> str:
    kept = queries.answers_to([rating.id]).get(rating.id)
    shown = rating.state is RatingState.SHOWN
    return render_template(
        "shop/ratings/answers/answer.html",
        rating=rating,
        kept=kept,
        form=form,
        hidden=not shown,
        open=shown and (kept is None or may_change(kept.answered_at)),
        who=who(rating.name, rating.province.short_name),
    )
