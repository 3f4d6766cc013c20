"""The tus 1.0.0 server: creation, offset, bytes, end; for members, from our own script or any tus client."""

from secrets import token_hex
from typing import Any

from flask import Blueprint, abort, current_app, jsonify, make_response, request, url_for
from werkzeug.wrappers import Response

from products.drafts.services import open_draft
from products.uploads import protocol, queries, services
from products.uploads.models import Kind, Upload, UploadState
from products.uploads.purposes import PURPOSES
from shop.accounts.access import me, role_required
from shop.accounts.models import Role
from shop.core.db import db, writing
from shop.core.errors import BadFile, DomainError, TooMany
from shop.core.forgery import by_script
from shop.core.pixels import MAX_BYTES

bp = Blueprint("uploads", __name__)
MOST_PLACE = 1000


@bp.url_value_preprocessor
def _let_bytes_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    request.max_content_length = MAX_BYTES if endpoint == f"{bp.name}.upload" else 0


@bp.before_request
def _check_version() -> Response | None:
    if request.method in {"OPTIONS", "GET"} or request.headers.get("Tus-Resumable") == protocol.VERSION:
        return None
    return make_response("", 412)


@bp.after_request
def _say_what_we_speak(response: Response) -> Response:
    for name, value in protocol.server_headers(MAX_BYTES, request.headers.get("Tus-Resumable")).items():
        response.headers.setdefault(name, value)
    return response


@bp.after_request
def _hear_out(response: Response) -> Response:
    """Read what is left of a refused piece: who still sends would see the line break instead of our answer."""
    if request.endpoint == f"{bp.name}.upload" and (request.content_length or 0) <= protocol.PIECE:
        for _rest in protocol.pieces(request.stream, protocol.PIECE):
            pass
    return response


@bp.errorhandler(DomainError)
def _said(problem: DomainError) -> Any:
    db.session.rollback()
    answer = jsonify(error=str(problem.sentence), field=getattr(problem, "field", ""))
    if isinstance(problem, TooMany):
        answer.headers["Retry-After"] = str(problem.retry_after)
    return answer, problem.status


@bp.route("/my/uploads", methods=["OPTIONS"])
@bp.route("/my/uploads/<token>", methods=["OPTIONS"])
@role_required(Role.MEMBER)
def options(token: str = "") -> Any:
    """Say which version and extensions are spoken here."""
    return "", 204


@bp.post("/my/uploads")
@by_script
@role_required(Role.MEMBER)
def creation() -> Any:
    """Begin an upload, or name the known one of the same bytes.

    `Upload-Metadata`: draft (its key), for (code of the cooperative, may be missing), kind (photo or voice), slot,
    place (a number), sha256 (hex, of the bytes as they will be sent).
    """
    length, said = protocol.read_number(request.headers.get("Upload-Length")), _metadata()
    key = said.get("draft", "")
    kind = said.get("kind", Kind.PHOTO)
    if request.headers["X-Draft-Key"] != key or kind not in set(Kind):
        raise protocol.BadRequest
    sha256, place = said.get("sha256", "").lower(), said.get("place", "") or "0"
    if sha256 and (len(sha256) != 64 or set(sha256) - set("0123456789abcdef")):
        raise protocol.BadRequest
    wish = services.Wish(length, sha256, said.get("slot", ""), min(protocol.read_number(place), MOST_PLACE), Kind(kind))
    with writing():
        upload = services.begin(open_draft(me(), key, said.get("for", "")), me(), wish)
        token = upload.token
    headers = protocol.state_headers(_mine(token)) | {"Location": url_for(".upload", token=token)}
    return "", 201, headers


def _metadata() -> dict[str, str]:
    return protocol.read_metadata(request.headers.get("Upload-Metadata", ""))


@bp.route("/my/uploads/<token>", methods=["HEAD", "PATCH", "DELETE", "GET", "POST"])
@by_script
@role_required(Role.MEMBER)
def upload(token: str) -> Any:
    """Say how far an upload is (HEAD; GET in words), take bytes at the offset (PATCH), or drop it (DELETE)."""
    found = _mine(token)
    method = request.headers.get("X-HTTP-Method-Override", "") if request.method == "POST" else request.method
    answers = {"HEAD": _offset, "GET": _in_words, "PATCH": _bytes, "DELETE": _end}
    if method not in answers:
        abort(405)
    return answers[method](found)


def _offset(found: Upload) -> Any:
    _settle(found)
    found = _mine(found.token)
    return ("", 410) if found.state is UploadState.REFUSED else ("", 200, protocol.state_headers(found))


def _in_words(found: Upload) -> Any:
    waits = _settle(found)
    found = _mine(found.token)
    problem = PURPOSES[found.kind].refusal(found.fault) if found.fault else waits
    error = str(problem.sentence) if problem else ""
    answer = jsonify(state=found.state, offset=found.offset, length=found.length, digest=found.digest, error=error)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _settle(found: Upload) -> DomainError | None:
    """Finish what had come whole when the server stopped, or while an officer read; return why it cannot be now."""
    if found.offset < found.length or found.state is not UploadState.RECEIVING:
        return None
    try:
        _finish(found.token)
    except DomainError as problem:
        db.session.rollback()
        return problem
    return None


def _bytes(found: Upload) -> Any:
    if request.mimetype != protocol.BYTES:
        return "", 415
    if found.state is UploadState.REFUSED:
        return "", 410
    offset = protocol.read_number(request.headers.get("Upload-Offset"))
    if offset != found.offset:
        raise services.OffsetMoved
    if (request.content_length or 0) > found.length - offset:
        purpose = PURPOSES[found.kind]
        raise purpose.refusal(purpose.faults.TOO_HEAVY, 413)
    storage, left = current_app.extensions["storage"], found.length - offset
    upload_id, state = found.id, found.state
    if state is UploadState.RECEIVING:
        for piece in protocol.pieces(request.stream, left):
            name = f"private/uploads/{found.token}/{offset}-{token_hex(4)}"
            storage.put(name, piece, "application/octet-stream")
            with writing():
                services.advance(upload_id, offset, len(piece), name)
            offset, found = offset + len(piece), _mine(found.token)
        if found.offset == found.length:
            _finish(found.token)
    return "", 204, protocol.state_headers(_mine(found.token))


def _finish(token: str) -> None:
    """Make what the bytes are for and show it in the draft; raises the sentence of a bad file."""
    found = _mine(token)
    storage, upload_id, names = current_app.extensions["storage"], found.id, services.names_of(found)
    try:
        made = services.made_of(storage, found)
    except BadFile as problem:
        with writing():
            services.refuse(upload_id, problem.fault)
        services.drop(storage, names)
        raise
    with writing():
        services.show(upload_id, made)
    services.drop(storage, names)


def _end(found: Upload) -> Any:
    upload_id, names = found.id, services.names_of(found)
    with writing():
        services.forget(upload_id)
    services.drop(current_app.extensions["storage"], names)
    return "", 204


def _mine(token: str) -> Upload:
    found: Upload = db.one_or_404(queries.one_for(me(), token))
    return found
