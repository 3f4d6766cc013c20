"""The photo of a certificate over HTTP: the large one for those who may see it, the small one while it counts."""

from flask import Blueprint, abort, current_app, request
from werkzeug.wrappers import Response

from cooperatives.certificates import queries, services
from cooperatives.certificates.models import Certificate
from cooperatives.certificates.scans import CONTENT_TYPE, large_name, small_name
from shop.accounts.access import me, my_roles, public
from shop.core import page
from shop.core.days import seconds_left
from shop.core.db import db, writing

bp = Blueprint("certificate_scans", __name__)
FRESH = 300  # seconds a photo may be kept, so that a withdrawn one is soon gone


@bp.get("/certificates/<code>/scan")
def scan(code: str) -> Response:
    """Serve the large photo to the seller's members, its officer or an admin; whoever is staff leaves a trace."""
    person, roles = me(), my_roles()
    found = db.one_or_404(queries.visible_to(person, roles, code))
    try:
        data = current_app.extensions["storage"].get(large_name(found.digest))
    except FileNotFoundError:
        abort(404)
    if db.session.scalar(queries.one_for(person, code)) is None:
        with writing():
            services.note_look(db.session.execute(queries.visible_to(person, roles, code)).scalar_one(), person)
    answer = Response(data, mimetype=CONTENT_TYPE)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/certificates/<code>/photo.jpg")
@public
def photo(code: str) -> Response:
    """Serve the small photo to everybody while the certificate is in force; before and after it is 404.

    Nobody may keep it beyond a few minutes, nor beyond the day.
    """
    digest = db.session.scalar(queries.public(Certificate.digest).where(Certificate.code == code))
    if digest is None:
        abort(404)
    try:
        data = current_app.extensions["storage"].get(small_name(digest))
    except FileNotFoundError:
        abort(404)
    seconds = seconds_left(FRESH)
    page.cacheable(seconds)
    answer = Response(data, mimetype=CONTENT_TYPE)
    answer.headers["Cache-Control"] = f"public, max-age={seconds}"
    answer.set_etag(digest[:32])
    return answer.make_conditional(request)
