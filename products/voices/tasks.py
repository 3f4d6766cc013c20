"""The sweep that lets go of spoken notes no revision has."""

from datetime import timedelta

from flask import current_app
from sqlalchemy import delete, select

from cooperatives.voices.models import VoiceNote
from cooperatives.voices.names import file_name
from products.models import RevisionVoice
from shop.core import clock
from shop.core.db import changed, db, writing

KEPT = timedelta(days=30)  # after it was recorded; a phone may have been without a network for weeks
AT_ONCE = 200


def forget_unused() -> int:
    """Delete the notes that were recorded 30 days ago and are beside no revision; returns how many.

    First the row, asked again where it stands, then the file: a file that a dead sweep leaves behind harms nobody.
    """
    unused = ~select(RevisionVoice.revision_id).where(RevisionVoice.voice_id == VoiceNote.id).exists()
    old = VoiceNote.created_at < clock.now() - KEPT
    found = db.session.execute(select(VoiceNote.id, VoiceNote.digest).where(old, unused).limit(AT_ONCE)).all()
    done = 0
    for note_id, digest in found:
        with writing():
            gone = changed(delete(VoiceNote).where(VoiceNote.id == note_id, old, unused))
        if not gone:
            continue
        if db.session.scalar(select(VoiceNote.id).where(VoiceNote.digest == digest).limit(1)) is None:
            db.session.rollback()
            current_app.extensions["storage"].delete(file_name(digest))
        done += 1
    return done


SWEEPS = [forget_unused]
