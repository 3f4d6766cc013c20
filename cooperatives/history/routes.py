"""A seller's line of time, for its own members."""

from flask import Blueprint, render_template, request, url_for

from cooperatives import queries
from cooperatives.history.pages import line_of_time
from shop.accounts.access import me
from shop.core.db import db
from shop.core.paging import page_number

bp = Blueprint("cooperative_history", __name__)


@bp.get("/cooperatives/<code>/history")
def history(code: str) -> str:
    """Show what became of one's own seller: who did what, and when."""
    cooperative = db.one_or_404(queries.one_for(me(), code))
    line = line_of_time(cooperative, page_number(request.args))

    def address(number: int) -> str:
        return url_for(".history", code=code, page=number)

    return render_template("cooperatives/history/history.html", cooperative=cooperative, line=line, page_url=address)
