"""Checks of the photos: how many, how large, and what a machine sees in them."""

from collections.abc import Iterable, Sequence

from cooperatives.photos.hints import SMALLEST_SIDE, Hint, hints_of
from cooperatives.photos.models import Photo
from products.checklist.lines import LOOK, PASS, WRONG, Check
from shop.core.i18n import gettext as _
from shop.core.i18n import ngettext

ENOUGH = 2  # photos


def photo_checks(photos: Sequence[Photo]) -> Iterable[Check]:
    """Look at number and size, then name the photos that are dark or blurred by their places from 1."""
    if not photos:
        yield Check(WRONG, "photos", _("There is no photo"))
        return
    smallest = min(max(photo.width, photo.height) for photo in photos)
    words = ngettext("%(num)s photo", "%(num)s photos", len(photos))
    kind = PASS if len(photos) >= ENOUGH and smallest >= SMALLEST_SIDE else LOOK
    yield Check(kind, "photos", _("%(photos)s, the smallest %(pixels)s px wide", photos=words, pixels=smallest))
    if dark := _numbers(photos, Hint.DARK):
        yield Check(LOOK, "photos", _("A little dark: photo %(numbers)s", numbers=dark))
    if blurred := _numbers(photos, Hint.BLURRED):
        yield Check(LOOK, "photos", _("A little blurred: photo %(numbers)s", numbers=blurred))


def is_free_of(photos: Sequence[Photo], hint: Hint) -> bool | None:
    """Say whether no photo shows this; None while one was not measured yet, or there is none."""
    if any(hint in hints_of(photo) for photo in photos):
        return False
    unknown = hint is not Hint.SMALL and any(photo.measured_at is None for photo in photos)
    return None if unknown or not photos else True


def _numbers(photos: Sequence[Photo], hint: Hint) -> str:
    return ", ".join(str(number) for number, photo in enumerate(photos, 1) if hint in hints_of(photo))
