"""A member's page of the calendar: when the cooperative sends, and when it is closed."""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from cooperatives import queries as cooperatives
from cooperatives.dispatch import queries, services
from cooperatives.dispatch.forms import ClosedForm, RulesForm
from cooperatives.dispatch.words import closed_line
from cooperatives.models import Cooperative
from cooperatives.routes import mine
from shop.accounts.access import me
from shop.core import clock, page
from shop.core.days import today
from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.core.formats import show_daymonth
from shop.core.i18n import gettext as _

bp = Blueprint("dispatch", __name__)


@bp.route("/cooperatives/<code>/dispatch", methods=["GET", "POST"])
def calendar(code: str) -> Any:
    """Show the calendar; a post sets the days, the cut-off and the days to prepare."""
    cooperative = mine(code)
    form = RulesForm.of(queries.calendar_of(cooperative.id).rules)
    if form.accepted():
        rules = form.rules()
        with writing():
            services.set_rules(_again(code), rules, me())
        leaves = queries.calendar_of(mine(code).id).leaves(clock.now())
        page.say(_("Saved. What is ordered now is sent on %(day)s.", day=show_daymonth(leaves)))
        return redirect(url_for("dispatch.calendar", code=code))
    return _page(cooperative, form, ClosedForm())


@bp.post("/cooperatives/<code>/closed-days")
def closed_days(code: str) -> Any:
    """Close from one day to another."""
    cooperative, form = mine(code), ClosedForm.of_request()
    if not form.accepted():
        return _page(cooperative, None, form)
    first, last = form.days()
    if form.asks_back():
        return _page(cooperative, None, form)
    try:
        with writing():
            services.close(_again(code), first, last, form.note.data, me())
    except Invalid as problem:
        form.refuse(problem)
        return _page(mine(code), None, form)
    page.say(_("Closed from %(first)s to %(last)s.", first=show_daymonth(first), last=show_daymonth(last)))
    return redirect(url_for("dispatch.calendar", code=code))


@bp.post("/cooperatives/<code>/closed-days/<closed>/cancellation")
def open_again(code: str, closed: str) -> Response:
    """Open again: the closed days are taken back."""
    mine(code)
    with writing():
        services.open_again(_again(code), closed, me())
    page.say(_("You are open again on these days."))
    return redirect(url_for("dispatch.calendar", code=code))


def _again(code: str) -> Cooperative:
    """Return the cooperative as it is inside the transaction."""
    found: Cooperative = db.session.execute(cooperatives.one_for(me(), code)).scalar_one()
    return found


def _page(cooperative: Cooperative, form: RulesForm | None, closing: ClosedForm) -> Any:
    known = queries.calendar_of(cooperative.id)
    if form is None:
        form = RulesForm.shown(known.rules)
    html = render_template(
        "cooperatives/dispatch/calendar.html",
        cooperative=cooperative,
        form=form,
        closing=closing,
        closed=queries.closed_days_of(cooperative),
        line=closed_line(known),
        leaves=known.leaves(clock.now()),
        today=today(),
    )
    return html, 422 if form.errors or closing.errors else 200
