"""Spoken notes over HTTP, for those who may hear them; nobody else learns that there is one."""

import re

from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response

from cooperatives.standing import readings
from cooperatives.voices import queries
from cooperatives.voices.names import CONTENT_TYPE, file_name
from shop.accounts.access import me, my_roles
from shop.core.db import writing

bp = Blueprint("voices", __name__)
DIGEST = re.compile(r"[0-9a-f]{64}")


@bp.get("/voices/<digest>")
def voice(digest: str) -> Response:
    """Serve a note to its cooperative, its officer or an admin, in parts where a player asks for parts."""
    note = queries.audible_to(me(), my_roles(), digest) if DIGEST.fullmatch(digest) else None
    if note is None:
        abort(404)
    if readings.is_foreign(note.cooperative_id, me()):
        with writing():
            readings.keep(note.cooperative_id, me(), "voice")
    try:
        data = current_app.extensions["storage"].get(file_name(digest))
    except FileNotFoundError:
        abort(404)
    answer = Response(data, mimetype=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "private, max-age=3600"
    answer.headers["Content-Disposition"] = "inline"
    answer.set_etag(digest)
    return answer.make_conditional(request, accept_ranges=True, complete_length=len(data))
