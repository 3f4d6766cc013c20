"""The sweep that deletes the photos of papers a month after nobody stands by them."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import select, update

from cooperatives.papers.models import Paper
from cooperatives.papers.names import file_name
from shop.core import clock
from shop.core.db import db, writing

KEPT = timedelta(days=30)  # a slip of the thumb, a question of the officer
AT_ONCE = 20


def clear_removed() -> int:
    """Delete the files of papers removed a month ago that no standing paper names; returns how many rows are done."""
    due = (Paper.removed_at < clock.now() - KEPT) & Paper.cleared_at.is_(None)
    rows = db.session.execute(select(Paper.id, Paper.digest).where(due).order_by(Paper.id).limit(AT_ONCE)).all()
    used = _still_used({digest for _id, digest in rows if digest})
    db.session.rollback()
    storage = current_app.extensions["storage"]
    for key, digest in rows:
        if digest and digest not in used:
            storage.delete(file_name(digest))
        with writing():
            db.session.execute(update(Paper).where(Paper.id == key).values(cleared_at=clock.now()))
    return len(rows)


def _still_used(digests: set[str]) -> set[str]:
    recent = Paper.removed_at.is_(None) | (Paper.removed_at >= clock.now() - KEPT)
    found = select(Paper.digest).where(Paper.digest.in_(digests), recent)
    return {digest for digest in db.session.scalars(found) if digest}


SWEEPS = [clear_removed]
