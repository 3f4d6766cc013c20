"""What is on its way, how much of it has come, and where the pieces lie."""

from datetime import datetime, timedelta
from enum import StrEnum
from secrets import token_hex

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model

LIFE = timedelta(days=7)
STANDING = text("state <> 'refused' AND sha256 <> ''")


class Kind(StrEnum):
    """What the file is for."""

    PHOTO = "photo"
    VOICE = "voice"


class UploadState(StrEnum):
    """How far it is."""

    RECEIVING = "receiving"
    DONE = "done"
    REFUSED = "refused"


def _end_of_life() -> datetime:
    return clock.now() + LIFE


class Upload(Model):
    """One file of a draft; the same bytes for the same draft are the same upload."""

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("length > 0", name="length_is_positive"),
        CheckConstraint('"offset" >= 0 AND "offset" <= length', name="offset_within_length"),
        Index(
            "uq_uploads_same", "product_id", "kind", "sha256",
            unique=True, sqlite_where=STANDING, postgresql_where=STANDING,
        ),
        Index("ix_uploads_cooperative_id_state", "cooperative_id", "state"),
        Index("ix_uploads_state_expires_at", "state", "expires_at"),
    )  # fmt: skip

    id: Mapped[BigKey]
    token: Mapped[str] = mapped_column(default=lambda: token_hex(16), unique=True)  # 128 bits, in the address
    cooperative_id: Mapped[int] = mapped_column(ForeignKey("cooperatives.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    kind: Mapped[Kind]
    slot: Mapped[str] = mapped_column(default="")  # whole, label, packed, or nothing special
    place: Mapped[int] = mapped_column(default=0)  # wished for among the photos of the draft, from 0
    sha256: Mapped[str] = mapped_column(default="")  # hex, of the whole file; '' when the client did not say
    length: Mapped[int]  # bytes
    offset: Mapped[int] = mapped_column(default=0)  # bytes that have come
    state: Mapped[UploadState] = mapped_column(default=UploadState.RECEIVING)
    fault: Mapped[str] = mapped_column(default="")  # of shop.core.pixels or shop.core.sound, when refused
    digest: Mapped[str] = mapped_column(default="")  # of the photo or spoken note it became
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(default=_end_of_life)


class UploadPiece(Model):
    """Bytes as they came, kept in storage under a name of their own."""

    __tablename__ = "upload_pieces"

    upload_id: Mapped[int] = mapped_column(ForeignKey("uploads.id"), primary_key=True)
    offset: Mapped[int] = mapped_column(primary_key=True)
    size: Mapped[int]
    name: Mapped[str]  # in storage
