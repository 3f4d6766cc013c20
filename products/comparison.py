"""Two revisions beside each other, as pages show them: fields, photos, price."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from cooperatives.photos.models import Photo
from cooperatives.photos.names import PrivateView, private_view
from products.differences import COVER, IN, MOVED, OUT, Change, changes, photo_changes
from products.fields import LABELS
from products.models import ProductRevision
from shop.core.i18n import gettext as _

Sides = tuple[list["Picture"], list["Picture"]]


class Picture(NamedTuple):
    """A photo on one side of a comparison, and what became of it in words; '' where it stays."""

    view: PrivateView
    word: str


def sides(old: list[Photo], new: list[Photo]) -> Sides | None:
    """Return the photos of both sides, or None where they are the same in the same order."""
    if [photo.digest for photo in old] == [photo.digest for photo in new]:
        return None
    words = {IN: _("Added"), OUT: _("Taken out"), MOVED: _("Moved"), COVER: _("New cover")}
    before, after = photo_changes([photo.digest for photo in old], [photo.digest for photo in new])
    return (
        [Picture(_view(photo), words.get(one.how, "")) for photo, one in zip(old, before, strict=True)],
        [Picture(_view(photo), words.get(one.how, "")) for photo, one in zip(new, after, strict=True)],
    )


def _view(photo: Photo) -> PrivateView:
    return private_view(photo.digest, photo.width, photo.height)


@dataclass(frozen=True)
class Comparison:
    """What `after` says and shows otherwise than `before`; `price_before` (đồng) may be the price as it is sold."""

    before: ProductRevision
    after: ProductRevision
    photos: Mapping[int, list[Photo]]
    price_before: int | None

    @cached_property
    def changes(self) -> list[Change]:
        """The fields that differ, price apart."""
        return changes(self.before, self.after)

    @cached_property
    def photos_change(self) -> Sides | None:
        """The photos of both sides, where they differ."""
        return sides(self.photos.get(self.before.id, []), self.photos.get(self.after.id, []))

    @property
    def price(self) -> tuple[int | None, int] | None:
        """The price before and after (đồng), where they differ."""
        after = self.after.proposed_price
        return (self.price_before, after) if after and after != self.price_before else None

    @property
    def voice_changes(self) -> bool:
        """True where another spoken note stands beside the fields, or none any more; read when asked."""
        return self.before.voice is not self.after.voice

    @property
    def labels(self) -> list[Any]:
        """The names of all that differs, in the order of the form."""
        found = {change.field for change in self.changes}
        found |= {"photos"} if self.photos_change else set()
        found |= {"price"} if self.price else set()
        return [label for field, label in LABELS.items() if field in found]
