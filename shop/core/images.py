"""Photos as the market keeps them: one clean master, a ladder of renditions, and a sentence for a bad file."""

from collections.abc import Iterator
from contextlib import contextmanager

from shop.core import pixels
from shop.core.errors import BadFile
from shop.core.i18n import lazy_gettext as _l
from shop.core.pixels import MASTER_WIDTH, MAX_BYTES, WIDTHS, Fault, Master, PhotoFacts, Renditions, rendition_sizes

__all__ = [
    "MASTER_WIDTH",
    "MAX_BYTES",
    "WIDTHS",
    "BadPhoto",
    "Fault",
    "Master",
    "PhotoFacts",
    "Renditions",
    "bad_photos",
    "inspect_photo",
    "make_master",
    "make_renditions",
    "rendition_sizes",
]

SENTENCES = {
    Fault.EMPTY: _l("This photo is empty. Choose it again."),
    Fault.NOT_A_PHOTO: _l("This is not a photo. Choose JPEG, PNG, WebP or HEIC."),
    Fault.CUT_SHORT: _l("The photo arrived incomplete. Send it again."),
    Fault.TOO_HEAVY: _l("The photo is over %(most)s MB. Choose a smaller one.", most=MAX_BYTES // 1024**2),
    Fault.TOO_MANY_PIXELS: _l("The photo is too large. Take it at a smaller size."),
    Fault.MOVING: _l("This picture moves. Choose a still photo."),
    Fault.UNREADABLE: _l("This photo could not be opened. Choose another one."),
}


class BadPhoto(BadFile):
    """The file cannot become a photo of the market; the sentence says what to do, `fault` which case it is."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(SENTENCES[fault])
        self.fault = fault


@contextmanager
def bad_photos() -> Iterator[None]:
    """Give every fault of the pixels its sentence: BadPixels becomes BadPhoto."""
    try:
        yield
    except pixels.BadPixels as error:
        raise BadPhoto(error.fault) from error


def inspect_photo(data: bytes) -> PhotoFacts:
    """Read size in pixels (upright) and format from the header; raises BadPhoto.

    It proves nothing about the pixels; strangers' bytes go to `shop.core.decoding` instead.
    """
    with bad_photos():
        return pixels.facts_of(data)


def make_master(data: bytes) -> Master:
    """Decode a photo and draw it anew, upright, sRGB, at most 1600 px, without metadata; raises BadPhoto.

    For bytes of our own making; `shop.core.decoding.master_in_child` does the same to strangers' bytes in a child.
    """
    with bad_photos():
        return pixels.master_of(data)


def make_renditions(master: bytes) -> Renditions:
    """Draw the ladder of a master: {(width in pixels, "avif" or "jpg"): bytes}; raises BadPhoto."""
    with bad_photos():
        return pixels.renditions_of(master)
