"""Is the process alive, and can it serve? Neither answer says a version."""

import shutil
from pathlib import Path

from flask import Blueprint, jsonify
from sqlalchemy import select
from werkzeug.wrappers import Response

from shop.accounts.access import public
from shop.core import clock, migrate
from shop.core.db import db, writing
from shop.core.outbox import QUEUES
from shop.core.present import settings
from shop.notices.outgoing import queries as outgoing

bp = Blueprint("health", __name__)
LEAST_FREE = 200 * 1024 * 1024  # bytes
OLDEST_MESSAGE = 3600  # seconds a due mail, SMS or Zalo message may wait before the worker counts as down


@bp.get("/healthz")
@public
def healthz() -> Response:
    """Answer while the process lives."""
    return Response("ok\n", mimetype="text/plain")


@bp.get("/readyz")
@public
def readyz() -> tuple[Response, int]:
    """Answer 200 when the database takes writes and is current, the disk has room and the queue moves; else 503."""
    found = {"database": _writes(), "migrations": _current(), "disk": _has_room(), "queue": _queue_moves()}
    return jsonify(ready=all(found.values()), **found), 200 if all(found.values()) else 503


def _writes() -> bool:
    with writing():
        return db.session.scalar(select(1)) == 1


def _current() -> bool:
    return migrate.present(db.session.connection()) == migrate.newest()


def _has_room() -> bool:
    folder = Path(settings().static_build)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder).free > LEAST_FREE


def _queue_moves() -> bool:
    oldest = [outgoing.waiting(QUEUES[way])[1] for way, sender in outgoing.SENDERS.items() if sender(settings())]
    return all((clock.now() - moment).total_seconds() < OLDEST_MESSAGE for moment in oldest if moment)
