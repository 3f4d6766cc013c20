"""The spoken note of a draft: put beside the fields, taken away, put back; never in what is live."""

from cooperatives.voices import queries as voices
from products import services as products
from products.models import Product
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import lazy_gettext as _l

GONE = _l("This recording is not here any more.")


def put(product: Product, digest: str, actor: User) -> None:
    """Make this note the one of the draft; it takes the place of another, and the same note twice is once.

    Raises Invalid for a note the cooperative does not hold, Conflict as `editable` does.
    """
    revision = products.editable(product, actor)
    note = voices.held_by(product.cooperative_id, digest)
    if note is None:
        raise Invalid("voice", GONE)
    if revision.voice is not note:
        revision.voice = note
        audit.record("voice_changed", product, actor, revision=revision.number, voice=digest)
        db.session.flush()


def remove(product: Product, digest: str, actor: User) -> None:
    """Take this note out of the draft; the cooperative keeps it for a month, for the undo. Raises Conflict."""
    revision = products.editable(product, actor)
    if revision.voice is None or revision.voice.digest != digest:
        raise Conflict(GONE)
    revision.voice = None
    audit.record("voice_changed", product, actor, revision=revision.number, voice="")
    db.session.flush()
