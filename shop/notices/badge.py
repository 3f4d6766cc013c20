"""How many notices are new, on every signed-in page and on none that is open to everybody."""

from flask import Flask, current_app, g, request

from shop.accounts.access import session_row
from shop.notices import queries


def init_app(app: Flask) -> None:
    """Give the templates `unread_notices()`."""
    app.jinja_env.globals["unread_notices"] = unread


def unread() -> int | None:
    """Return how many notices the signed-in person has not read; None for a visitor and on open pages.

    Open pages are the same for everybody: some are stored by caches, and the empty form by every phone.
    """
    if request.endpoint is None or getattr(current_app.view_functions[request.endpoint], "is_public", False):
        return None
    row = session_row()
    if row is None:
        return None
    if "unread" not in g:
        g.unread = queries.unread(row.user_id)
    return int(g.unread)
