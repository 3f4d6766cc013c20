"""The photo of a certificate: two files under private/, a large one for the officer, a small one for buyers.

Neither is a row of `photos`: what a cooperative holds there it may put into a listing. No copy is ever public; the
open door asks the database at each request whether the certificate still counts, so that nothing can be late.
"""

from shop.core.decoding import master_in_child, renditions_in_child
from shop.core.storage import Storage

CONTENT_TYPE = "image/jpeg"
SMALL = 640  # pixels; enough to read number and date, a fifth of the bytes


def large_name(digest: str) -> str:
    """Return where the upright photo without metadata lies."""
    return f"private/certificates/{digest[:2]}/{digest}.jpg"


def small_name(digest: str) -> str:
    """Return where what buyers see lies."""
    return f"private/certificates/{digest[:2]}/{digest}-small.jpg"


def keep(storage: Storage, data: bytes) -> str:
    """Decode and store a stranger's photo of a paper (never inside writing()); returns the digest.

    Raises BadPhoto with a sentence for what is no photo.
    """
    master = master_in_child(data)
    width = max((wide for wide in (160, 360, SMALL) if wide <= master.width), default=160)
    small = renditions_in_child(master.data, width)[width, "jpg"]
    storage.put(large_name(master.digest), master.data, CONTENT_TYPE)
    storage.put(small_name(master.digest), small, CONTENT_TYPE)
    return master.digest


def delete(storage: Storage, digest: str) -> None:
    """Delete both files (never inside writing())."""
    storage.delete(large_name(digest))
    storage.delete(small_name(digest))
