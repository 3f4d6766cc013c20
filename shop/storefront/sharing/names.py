"""What stands on each picture, and its address, which is another as soon as anything on it is."""

import hashlib
import hmac
from typing import NamedTuple

from flask import url_for

from cooperatives.photos.names import PublicView, photo_view
from products.views import ProductView
from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.core.present import media_key, origin, settings
from shop.places.queries import province
from shop.storefront.sellers import Producer
from shop.storefront.sharing.drawing import Card

LOOK = 1  # raised when pictures are drawn in another way
PHOTO_RENDITION = 640  # pixels wide
HOME = "home"


class Shared(NamedTuple):
    """One picture: the kind of its page, that page's public code, what tells its version, and its photo."""

    kind: str
    code: str
    version: tuple[object, ...]
    photo: PublicView | None = None

    @property
    def digest(self) -> str:
        """Return 32 hex digits that say nothing but whether two pictures are one."""
        photo = self.photo.digest if self.photo else ""
        told = "\0".join(str(one) for one in (LOOK, self.kind, *self.version, photo, settings().market_name))
        return hmac.new(media_key(), told.encode(), hashlib.sha256).hexdigest()[:32]

    @property
    def folder(self) -> str:
        """Return where the files of this page's pictures lie; the newest is the only one kept."""
        return f"private/shared/{self.kind}/{self.code.lower()}/"

    @property
    def file(self) -> str:
        """Return the name of this picture's file."""
        return f"{self.folder}{self.digest}.jpg"

    @property
    def path(self) -> str:
        """Return the address of this picture on this site."""
        return url_for("storefront_sharing.picture", kind=self.kind, code=self.code, digest=self.digest)

    @property
    def url(self) -> str:
        """Return its absolute address, as other sites need it."""
        return origin() + self.path


def of_product(view: ProductView, revision_id: int) -> Shared:
    """Return the picture of goods: it has their Vietnamese name in every language, as the pack has."""
    photo = view.pictures[0] if view.pictures else None
    seller = view.seller
    version = revision_id, seller.name, seller.commune.code
    return Shared(
        "products", view.code, version, photo_view(photo.digest, photo.width, photo.height) if photo else None
    )


def of_producer(seller: Producer) -> Shared:
    """Return the picture of a seller."""
    photo = photo_view(*seller.photo) if seller.photo else None
    return Shared("producers", seller.code, (seller.name, seller.commune.code), photo)


def of_home() -> Shared:
    """Return the picture of the market itself."""
    return Shared(HOME, settings().home_province, ())


def product_card(view: ProductView) -> Card:
    """Return what stands on the picture of goods, never their price: others keep pictures for months."""
    return _card(view.name.text, view.seller.name, view.seller.commune.name)


def producer_card(seller: Producer) -> Card:
    """Return what stands on the picture of a seller."""
    return _card(seller.name, seller.commune.name)


def home_card() -> Card:
    """Return what stands on the picture of the market: its promise, in Vietnamese."""
    with use_language("vi"):
        name = _("Farm goods of %(province)s, from the hands that grow them", province=_home())
        return _card(name, _("Each thing has its maker and its commune, and an officer has seen it."))


def _card(name: str, *lines: str) -> Card:
    return Card(name, lines, settings().market_name)


def _home() -> str:
    here = province(settings().home_province)
    return here.short_name if here else ""
