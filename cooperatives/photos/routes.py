"""Pictures over HTTP: private ones for those who may see them, public copies for everybody."""

import re

from flask import Blueprint, abort, current_app, g
from werkzeug.wrappers import Response

from cooperatives.photos import queries, services
from cooperatives.photos.names import CONTENT_TYPES, rendition_name, widths_of
from shop.accounts.access import me, my_roles, public

bp = Blueprint("photos", __name__)
PUBLIC_NAME = re.compile(r"[0-9a-f]{32}-[0-9]{2,4}\.(avif|jpg)")
PRIVATE_NAME = re.compile(r"([1-9][0-9]{1,3})\.(avif|jpg)")
DIGEST = re.compile(r"[0-9a-f]{64}")


@bp.get("/media/<name>")
@public
def media(name: str) -> Response:
    """Serve a rendition of an approved revision; a name that is not public, or not any more, is 404."""
    if not PUBLIC_NAME.fullmatch(name):
        abort(404)
    try:
        data = current_app.extensions["storage"].get(f"public/{name}")
    except FileNotFoundError:
        abort(404)
    g.cacheable = True
    answer = Response(data, mimetype=CONTENT_TYPES[name.rsplit(".", 1)[1]])
    answer.headers["Cache-Control"] = "public, max-age=86400"
    return answer


@bp.get("/photos/<digest>/<name>")
def private(digest: str, name: str) -> Response:
    """Serve a private rendition to its cooperative, officer or an admin; one that waits is drawn on the spot."""
    match = PRIVATE_NAME.fullmatch(name)
    if not DIGEST.fullmatch(digest) or not match:
        abort(404)
    photo = queries.visible_to(me(), my_roles(), digest)
    width, ext = int(match[1]), match[2]
    if photo is None or width not in widths_of(photo.width):
        abort(404)
    storage, wide = current_app.extensions["storage"], photo.width
    name = rendition_name(digest, width, ext)
    try:
        if not storage.exists(name):
            services.make_renditions(storage, digest, wide, width)
        data = storage.get(name)
    except FileNotFoundError:
        abort(404)
    answer = Response(data, mimetype=CONTENT_TYPES[ext])
    answer.headers["Cache-Control"] = "private, max-age=3600"
    return answer
