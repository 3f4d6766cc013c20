"""Pictures on cards: small widths only, their addresses made once."""

from functools import lru_cache
from typing import NamedTuple

from cooperatives.photos.names import widths_of
from shop.core.present import media_key
from shop.core.storage import public_name

WIDEST = 480  # pixels: a card is at most 240 wide, on a screen of double density


class CardPicture(NamedTuple):
    """A public photo as `macros/images.html` draws it."""

    address: str
    widths: tuple[int, ...]
    width: int
    height: int

    def url(self, width: int, ext: str) -> str:
        """Return the public address of one rendition."""
        return f"{self.address}-{width}.{ext}"


def card_picture(digest: str | None, width: int | None, height: int | None) -> CardPicture | None:
    """Return a photo for a card, or None where there is none."""
    if digest is None or width is None or height is None:
        return None
    widths = tuple(one for one in widths_of(width) if one <= WIDEST)
    return CardPicture(_address(media_key(), digest), widths, width, height)


@lru_cache(maxsize=20_000)
def _address(key: bytes, digest: str) -> str:
    """Return what the addresses of all renditions of a photo begin with: one HMAC instead of one each."""
    first = public_name(key, digest, 160, "jpg")
    return "/media/" + first.removeprefix("public/").removesuffix("-160.jpg")
