"""Spoken notes over HTTP, for those who may hear them; nobody else learns that there is one."""

import re

from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response

from cooperatives.voices import queries
from cooperatives.voices.names import CONTENT_TYPE, file_name
from shop.accounts.access import me, my_roles

bp = Blueprint("voices", __name__)
DIGEST = re.compile(r"[0-9a-f]{64}")


@bp.get("/voices/<digest>")
def voice(digest: str) -> Response:
    """Serve a note to its cooperative, its officer or an admin, in parts where a player asks for parts."""
    if not DIGEST.fullmatch(digest) or queries.audible_to(me(), my_roles(), digest) is None:
        abort(404)
    try:
        data = current_app.extensions["storage"].get(file_name(digest))
    except FileNotFoundError:
        abort(404)
    answer = Response(data, mimetype=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["Content-Disposition"] = "inline"
    answer.set_etag(digest)
    return answer.make_conditional(request, accept_ranges=True, complete_length=len(data))
