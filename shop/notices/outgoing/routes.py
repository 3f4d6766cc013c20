"""The admin's page of messages."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core import page
from shop.core.db import writing
from shop.core.i18n import ngettext
from shop.notices.failures import reason
from shop.notices.outgoing import queries, services
from shop.notices.preferences.forms import WORDS
from shop.notices.preferences.models import Way

bp = Blueprint("outgoing", __name__)


@bp.get("/staff/messages")
@role_required(Role.ADMIN)
def index() -> str:
    """Show what waits, what went out, what failed and why."""
    rows = [(str(WORDS[Way(state.way)]), state) for state in queries.states()]
    return render_template("shop/notices/messages.html", rows=rows, why=reason)


@bp.post("/staff/messages/another-try")
@role_required(Role.ADMIN)
def another_try() -> Response:
    """Send again what failed for one reason."""
    admin, way, problem = me(), request.form.get("way", ""), request.form.get("problem", "")
    with writing():
        number = services.try_again(way, problem, admin)
    page.say(ngettext("%(num)s message is sent again.", "%(num)s messages are sent again.", number))
    return redirect(url_for(".index"))
