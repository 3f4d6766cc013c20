"""What a person was told, newest first."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from shop.accounts.access import me
from shop.core.db import writing
from shop.notices import services
from shop.notices.kinds import KINDS

bp = Blueprint("notices", __name__)


@bp.get("/notices")
def index() -> str:
    """Show a person's notices and what is new among them."""
    rows = services.of_person(me())
    lines = [(row, str(KINDS[row.kind].subject) % row.params, str(KINDS[row.kind].body) % row.params) for row in rows]
    unread = any(row.read_at is None for row in rows)
    return render_template("shop/notices/index.html", lines=lines, newest=rows[0].id if rows else 0, unread=unread)


@bp.post("/notices/read")
def read() -> Response:
    """Mark everything up to the newest line that was on the page as read."""
    person, newest = me(), request.form.get("newest", 0, type=int)
    with writing():
        services.mark_read(person, newest)
    return redirect(url_for("notices.index"))
