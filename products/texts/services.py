"""Keeping by which numbers a text is found."""

from sqlalchemy import delete

from products.models import ProductRevision
from products.texts.likeness import bands, runs
from products.texts.models import TextBand
from products.texts.queries import text_of
from shop.core.db import db


def read(revision: ProductRevision) -> None:
    """Keep the bands of a revision's Vietnamese text as it is now, in place of those it had."""
    db.session.flush()
    db.session.execute(delete(TextBand).where(TextBand.revision_id == revision.id))
    found = set(bands(runs(text_of(revision.text("vi")))))
    db.session.add_all(TextBand(revision_id=revision.id, band=band) for band in sorted(found))
