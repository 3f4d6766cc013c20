"""A person's own lessons: which are finished; the lessons themselves are pages of the public (shop.storefront)."""

from flask import Blueprint, render_template

from cooperatives.lessons import queries
from shop.accounts.access import me
from shop.core.i18n import current_language

bp = Blueprint("lessons", __name__)


@bp.get("/my/lessons")
def index() -> str:
    """Show what the person's sellers, or the one they help, have finished."""
    return render_template("cooperatives/lessons/index.html", progress=queries.of_person(me(), current_language()))
