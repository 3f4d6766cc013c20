"""What a person was told, newest first, and the short way to each."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me
from shop.core.codes import read_public_code
from shop.core.db import db, writing
from shop.core.formats import show_datetime
from shop.core.i18n import gettext as _
from shop.notices import queries, services
from shop.notices.failures import reason
from shop.notices.preferences.forms import WORDS as WAYS
from shop.notices.preferences.models import Way
from shop.notices.push.offer import key_for_offer
from shop.notices.queries import Delivery
from shop.notices.words import said

bp = Blueprint("notices", __name__)
AT_ONCE = 20


@bp.get("/notices")
def index() -> str:
    """Show a person's notices and what is new among them."""
    found = queries.NEWEST.slice(db.session(), queries.of_person(me()), request.args.get("after"), AT_ONCE)
    messages = queries.deliveries(found.items)
    lines = [(row, said(row), [_spoken(one) for one in messages[row.id]]) for row in found.items]
    return render_template(
        "shop/notices/index.html",
        lines=lines,
        newest=found.items[0].id if lines else 0,
        unread=any(row.read_at is None for row in found.items),
        next_cursor=found.next_cursor,
        first=not request.args.get("after"),
        push_key=key_for_offer() if lines else None,  # never before there was something to tell
    )


def _spoken(one: Delivery) -> str:
    """Say in one line what became of a message."""
    way, when = str(WAYS[Way(one.way)]), show_datetime(one.at)
    if one.state == "sent":
        return _("%(way)s: sent %(when)s", way=way, when=when)
    if one.state == "waiting":
        return _("%(way)s: waits until %(when)s", way=way, when=when)
    return _("%(way)s: not delivered, %(reason)s", way=way, reason=reason(one.problem))


@bp.get("/n/<code>")
def one(code: str) -> Response:
    """Mark a notice as read and go where it leads; somebody else's is not there."""
    notice = queries.one_for(me(), read_public_code(code)) or abort(404)
    url = notice.url
    if notice.read_at is None:
        with writing():
            services.open_one(notice)
    return redirect(url)


@bp.post("/notices/read")
def read() -> Response:
    """Mark everything up to the newest line that was on the page as read."""
    person, newest = me(), request.form.get("newest", 0, type=int)
    with writing():
        services.mark_read(person, newest)
    return redirect(url_for("notices.index"))
