"""Keeping spoken notes: the file outside the transaction, the row inside."""

from sqlalchemy.dialects import postgresql, sqlite

from cooperatives.models import Cooperative
from cooperatives.voices import queries
from cooperatives.voices.models import VoiceNote
from cooperatives.voices.names import CONTENT_TYPE, file_name
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db
from shop.core.sound.notes import Note
from shop.core.storage import Storage


def save_file(storage: Storage, note: Note) -> None:
    """Store the bytes of a note (never inside writing())."""
    name = file_name(note.digest)
    if not storage.exists(name):
        storage.put(name, note.data, CONTENT_TYPE)


def add(cooperative: Cooperative, user: User, note: Note) -> VoiceNote:
    """Keep the row of a stored note: the same recording again is the same note. Inside writing()."""
    insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
    row = {
        "cooperative_id": cooperative.id,
        "digest": note.digest,
        "size": len(note.data),
        "seconds": note.seconds,
        "recorded_by_id": user.id,
        "created_at": clock.now(),
    }
    again = insert(VoiceNote).values(**row)
    db.session.execute(
        again.on_conflict_do_update(
            index_elements=["cooperative_id", "digest"], set_={"created_at": again.excluded.created_at}
        )
    )
    kept = queries.held_by(cooperative.id, note.digest)
    assert kept is not None
    return kept
