"""Which requests count: people who may buy, not machines, not staff, not the sellers themselves."""

import re
from typing import TYPE_CHECKING

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

from products.counts.queries import is_member
from shop.accounts import access, sessions
from shop.accounts.models import Role
from shop.core.db import db
from shop.core.kept import marks
from shop.core.logs import log

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

MACHINE = re.compile(
    r"bot\b|bot[/;_-]|crawl|spider|slurp|preview|externalhit|archiver|monitor|lighthouse|headless|curl|wget|python|"
    r"httpx|java/|go-http|okhttp|scrapy|feed|^$",
    re.IGNORECASE,
)
STAFF = {Role.OFFICER, Role.ADMIN, Role.HELPER}


def seen(answer: Response, product_id: int, cooperative_id: int) -> Response:
    """Count a product's page once it is on its way; returns the answer, unchanged to the byte."""
    if request.method == "GET" and by_a_person():
        _afterwards(answer, product_id, cooperative_id, "seen")
    return answer


def seen_again(product_id: int) -> None:
    """Let each showing of this page out of the kept ones count as well: only people without a session get those."""
    tally = current_app.extensions["tally"]

    def count(wsgi: "WSGIEnvironment") -> None:
        ahead = wsgi.get("HTTP_SEC_PURPOSE") or wsgi.get("HTTP_PURPOSE")
        if not ahead and not MACHINE.search(wsgi.get("HTTP_USER_AGENT", "")):
            tally.count(product_id, seen=1)

    marks.counts(count)


def carted(answer: Response, product_id: int, cooperative_id: int) -> None:
    """Count that goods were put into a cart, once the answer is on its way."""
    if by_a_person():
        _afterwards(answer, product_id, cooperative_id, "carted")


def by_a_person() -> bool:
    """Say whether somebody asked for this page to read it now: no machine, and no browser fetching ahead."""
    ahead = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "")
    return not ahead and not MACHINE.search(request.user_agent.string)


def _afterwards(answer: Response, product_id: int, cooperative_id: int, what: str) -> None:
    """Look at who it was only after the answer has gone, and forget it: the session says whether it counts."""
    app: Flask = current_app._get_current_object()
    token = request.cookies.get(app.extensions["settings"].session_cookie, "")

    def count() -> None:
        try:
            if not token or not _is_insider(app, token, cooperative_id):
                app.extensions["tally"].count(product_id, **{what: 1})
        except Exception as problem:  # the page has gone out well; a count is no reason for a traceback
            log.warning("counts", problem=type(problem).__name__)

    answer.call_on_close(count)


def _is_insider(app: Flask, token: str, cooperative_id: int) -> bool:
    with app.app_context():
        try:
            row = sessions.live(token)
            if row is None:
                return False
            return bool(access.my_roles_of(row.user_id) & STAFF) or is_member(row.user_id, cooperative_id)
        finally:
            db.session.remove()
