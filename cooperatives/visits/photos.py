"""A visit's photos: at most 640 pixels wide, drawn anew, private for ever."""

import hashlib
from typing import NamedTuple

from shop.core.decoding import decode_in_child
from shop.core.storage import Storage

WIDEST = 640
CONTENT_TYPE = "image/jpeg"


class Drawn(NamedTuple):
    """A photo as it is kept: JPEG bytes, their SHA-256 in hex, size in pixels."""

    data: bytes
    digest: str
    width: int
    height: int


def drawn(data: bytes) -> Drawn:
    """Draw a stranger's photo anew; raises BadPhoto, and RuntimeError inside `writing()`."""
    master, renditions = decode_in_child(data)
    width, kept = max((wide, blob) for (wide, ext), blob in renditions.items() if ext == "jpg" and wide <= WIDEST)
    height = max(1, round(master.height * width / master.width))
    return Drawn(kept, hashlib.sha256(kept).hexdigest(), width, height)


def file_name(digest: str) -> str:
    """Return where a visit's photo lies; there is no public name."""
    return f"private/visits/{digest[:2]}/{digest}.jpg"


def save(storage: Storage, photo: Drawn) -> None:
    """Store the photo (never inside writing())."""
    if not storage.exists(file_name(photo.digest)):
        storage.put(file_name(photo.digest), photo.data, CONTENT_TYPE)
