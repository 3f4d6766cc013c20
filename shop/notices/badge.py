"""How many notices are new, on every signed-in page and on none of the public."""

from flask import Flask, g, request

from shop.accounts.access import session_row
from shop.core.languages import is_prefixed
from shop.notices import queries


def init_app(app: Flask) -> None:
    """Give the templates `unread_notices()`."""
    app.jinja_env.globals["unread_notices"] = unread


def unread() -> int | None:
    """Return how many notices the signed-in person has not read; None for a visitor and on pages of the public."""
    if request.endpoint is None or is_prefixed(request.endpoint):
        return None
    row = session_row()
    if row is None:
        return None
    if "unread" not in g:
        g.unread = queries.unread(row.user_id)
    return int(g.unread)
