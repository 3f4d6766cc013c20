"""The sweeps that finish what had come whole when the server stopped, and clear away what never will."""

from flask import current_app
from sqlalchemy import select

from products.uploads import services
from products.uploads.models import Upload, UploadState
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import BadFile, DomainError
from shop.core.logs import log

AT_ONCE = 20
GRACE = 120  # seconds in which the request itself still may finish


def finish_received() -> int:
    """Make photos and notes of files that came whole and were not finished; returns how many."""
    late = Upload.created_at < clock.after(seconds=-GRACE)
    whole = (Upload.state == UploadState.RECEIVING) & (Upload.offset == Upload.length)
    storage, done = current_app.extensions["storage"], 0
    for upload in db.session.scalars(select(Upload).where(whole, late).order_by(Upload.id).limit(AT_ONCE)).all():
        upload_id, names = upload.id, services.names_of(upload)
        try:
            made = services.made_of(storage, upload)
            with writing():
                services.show(upload_id, made)
        except BadFile as problem:
            with writing():
                services.refuse(upload_id, problem.fault)
        except DomainError as problem:  # an officer reads the draft now; it waits, till its days are over
            log.info("upload_waits", problem=type(problem).__name__)
            continue
        services.drop(storage, names)
        done += 1
    return done


def forget_old() -> int:
    """Delete uploads whose days are over, and the pieces of those that never came whole; returns how many."""
    storage = current_app.extensions["storage"]
    old = db.session.scalars(select(Upload).where(Upload.expires_at < clock.now()).limit(AT_ONCE * 10)).all()
    chosen = [(upload.id, upload.token) for upload in old]
    for upload_id, token in chosen:
        with writing():
            services.forget(upload_id)
        # By the folder, not by the rows: a server that stopped may have stored a piece it never noted.
        services.drop(storage, list(storage.list(f"private/uploads/{token}/")))
    return len(chosen)


SWEEPS = [finish_received, forget_old]
