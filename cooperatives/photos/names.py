"""Where a photo's files lie, and the addresses of its renditions."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from shop.core.pixels import WIDTHS
from shop.core.present import media_key
from shop.core.storage import public_name

EXTENSIONS = ("avif", "jpg")
CONTENT_TYPES = {"avif": "image/avif", "jpg": "image/jpeg"}


def master_name(digest: str) -> str:
    """Return where the master of a photo lies."""
    return f"private/masters/{digest[:2]}/{digest}.jpg"


def rendition_name(digest: str, width: int, ext: str) -> str:
    """Return where a private rendition lies."""
    return f"private/renditions/{digest[:2]}/{digest}-{width}.{ext}"


def widths_of(width: int) -> tuple[int, ...]:
    """Return the rendition widths of a master `width` pixels wide; 160 always exists."""
    return tuple(one for one in WIDTHS if one <= width) or WIDTHS[:1]


def ladder(width: int) -> Iterator[tuple[int, str]]:
    """Yield (width, extension) of every rendition of a master `width` pixels wide."""
    for one in widths_of(width):
        for ext in EXTENSIONS:
            yield one, ext


class View(Protocol):
    """A photo as templates use it."""

    width: int
    height: int
    widths: tuple[int, ...]

    def url(self, width: int, ext: str) -> str:
        """Return the address of one rendition."""


@dataclass(frozen=True)
class PublicView:
    """A photo of an approved revision: its addresses are public and say nothing."""

    digest: str
    width: int
    height: int

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths that exist."""
        return widths_of(self.width)

    def url(self, width: int, ext: str) -> str:
        """Return the public address of one rendition."""
        return "/media/" + public_name(media_key(), self.digest, width, ext).removeprefix("public/")


@dataclass(frozen=True)
class PrivateView:
    """A photo for signed-in people who may see it; the route checks each reader. `waits`: not prepared yet."""

    digest: str
    width: int
    height: int
    waits: bool = False

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths that exist; of one that waits the smallest, which is drawn when asked for."""
        return widths_of(self.width)[: 1 if self.waits else None]

    def url(self, width: int, ext: str) -> str:
        """Return the private address of one rendition."""
        return f"/photos/{self.digest}/{width}.{ext}"


def photo_view(digest: str, width: int, height: int) -> PublicView:
    """Return a photo for pages of the public."""
    return PublicView(digest, width, height)


def private_view(digest: str, width: int, height: int, *, waits: bool = False) -> PrivateView:
    """Return a photo for signed-in pages."""
    return PrivateView(digest, width, height, waits)
