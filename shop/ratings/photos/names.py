"""Where the files of a rating's photo lie."""

from collections.abc import Iterator

from cooperatives.photos.names import ladder
from shop.core.storage import public_name


def file_name(key: str) -> str:
    """Return where the master lies; nobody fetches it from there but the sweep and the buyer's own export."""
    return f"private/ratings/{key[:2]}/{key}.jpg"


def public_names(media_key: bytes, key: str, width: int) -> Iterator[str]:
    """Yield the public names of all renditions of a master `width` pixels wide."""
    for wide, ext in ladder(width):
        yield public_name(media_key, key, wide, ext)
