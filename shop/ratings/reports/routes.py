"""Reporting a rating, by anybody; the officers' list of what was reported, and the decision."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for

from cooperatives.photos.names import PublicView
from shop.accounts import throttle
from shop.accounts.access import me, my_roles, public, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.i18n import gettext as _
from shop.core.networks import network_of
from shop.core.paging import Page, page_number
from shop.ratings import queries as ratings
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating
from shop.ratings.photos.queries import shown_of
from shop.ratings.reports import queries, services
from shop.ratings.reports.forms import DECIDED, WHYS, DecisionForm, ReportForm
from shop.ratings.reports.models import Verdict, Why
from shop.ratings.words import who

bp = Blueprint("rating_reports", __name__)
AN_HOUR, REPORTS_AN_HOUR, PER_PAGE = 3600, 10, 20


@bp.route("/ratings/<code>/report", methods=["GET", "POST"])
@public
def report(code: str) -> Any:
    """Ask what is wrong with a rating; who reports it is not kept."""
    rating: Rating = db.one_or_404(ratings.shown_one(code))
    form = ReportForm.of_request()
    if form.accepted():
        throttle.count(f"rating-report:{network_of(request.remote_addr)}", REPORTS_AN_HOUR, AN_HOUR)
        with writing():
            services.report(db.one_or_404(ratings.shown_one(code)), Why(form.why.data), form.note.data or "")
        return render_template("shop/ratings/reports/thanks.html", rating=db.one_or_404(ratings.shown_one(code)))
    shown = render_template(
        "shop/ratings/reports/report.html", rating=rating, form=form, who=_who(rating), photos=_photos(rating)
    )
    return (shown, 422) if form.errors else shown


@bp.get("/review/ratings")
@role_required(Role.OFFICER, Role.ADMIN)
def index() -> str:
    """List what was reported and waits, the oldest first; ?hidden=1 lists what is hidden."""
    is_hidden = bool(request.args.get("hidden"))
    chosen = (queries.hidden if is_hidden else queries.waiting)(me(), my_roles())
    found = Page.of(db.session(), chosen, page_number(request.args), PER_PAGE)

    def page_url(number: int) -> str:
        return url_for(".index", page=number, hidden=1 if is_hidden else None)

    return render_template(
        "shop/ratings/reports/index.html",
        found=found,
        reports=queries.reports_of(one.id for one in found.items),
        is_hidden=is_hidden,
        page_url=page_url,
        whys=WHYS,
        who=who,
    )


@bp.route("/review/ratings/<code>", methods=["GET", "POST"])
@role_required(Role.OFFICER, Role.ADMIN)
def decision(code: str) -> Any:
    """Show a reported rating with what was said and decided, and decide."""
    rating, form = _mine(code), DecisionForm.of_request()
    form.offer(hidden=rating.state is RatingState.HIDDEN)
    if form.accepted():
        try:
            with writing():
                services.decide(_mine(code), me(), Verdict(form.verdict.data), form.reason.data or "")
        except DomainError as problem:
            form.refuse(problem)
            return _page(_mine(code), form), problem.status
        page.say(_("Decided. It is kept with your name."))
        return redirect(url_for(".index"))
    return (_page(rating, form), 422) if form.errors else _page(rating, form)


def _mine(code: str) -> Rating:
    found: Rating = db.one_or_404(queries.one_for(me(), my_roles(), code))
    return found


def _photos(rating: Rating) -> list[PublicView]:
    return shown_of([rating.id]).get(rating.id, [])


def _who(rating: Rating) -> str:
    return who(rating.name, rating.province.short_name)


def _page(rating: Rating, form: DecisionForm) -> str:
    return render_template(
        "shop/ratings/reports/decision.html",
        rating=rating,
        form=form,
        reports=queries.reports_of([rating.id]).get(rating.id, []),
        decisions=queries.decisions_of(rating),
        hidden=rating.state is RatingState.HIDDEN,
        whys=WHYS,
        verdicts=DECIDED,
        who=_who(rating),
        photos=_photos(rating),
    )
