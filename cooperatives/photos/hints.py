"""What may be better about a photo: said to whoever took it and to the officer, and never in the way of either.

The thresholds were set on a dozen real photos, the demo's 160 and those of tests/photos.py, each also darkened by one
to four stops and blurred with a radius of 2 to 12 px in 1600: no photo as it was taken gets a hint but one of a night,
most get one from three stops or 6 px on. tests/cooperatives/photos/test_hints.py holds it; the scripts on the phone
take the same numbers.
"""

from enum import StrEnum

from cooperatives.photos.models import Photo
from shop.core.i18n import lazy_gettext as _l

SMALLEST_SIDE = 800  # px of the longer side; below it a label cannot be read on the product page
MOST_DARK = 75  # percent of dark pixels; dark goods on a dark cloth stay below
LEAST_SHARP = 45  # percent; the softest sharp photo of the measured ones has 53


class Hint(StrEnum):
    """What a machine can see in one photo."""

    DARK = "dark"
    BLURRED = "blurred"
    SMALL = "small"


SENTENCES = {
    Hint.DARK: _l("The photo is a little dark. Daylight works better."),
    Hint.BLURRED: _l("The photo is a little blurred. Hold still, tap on the goods."),
    Hint.SMALL: _l("The photo is small. Choose the original from the camera."),
}


def hints_of(photo: Photo) -> list[Hint]:
    """Return what may be better about a photo; what was not measured yet is not held against it.

    A dark photo is not called blurred too: whoever takes it again by day takes it sharp.
    """
    is_dark = photo.dark is not None and photo.dark >= MOST_DARK
    is_blurred = not is_dark and photo.sharp is not None and photo.sharp < LEAST_SHARP
    is_small = max(photo.width, photo.height) < SMALLEST_SIDE
    found = ((Hint.DARK, is_dark), (Hint.BLURRED, is_blurred), (Hint.SMALL, is_small))
    return [hint for hint, holds in found if holds]
