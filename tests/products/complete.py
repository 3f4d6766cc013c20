"""A draft that lacks nothing, for tests that begin after the writing."""

from types import SimpleNamespace

from cooperatives.photos.models import Photo
from products import services
from products.models import Product
from products.photos import services as photos
from shop.core.db import db
from tests.cast import Cast, make_photo

VALUES = {
    "name": "Miến dong Bình Lư",
    "category": "processed",
    "price": "45k",
    "unit": "goi",
    "pack_amount": "500 g",
    "quantity": "30",
}
PHOTO = "ab" * 32


def draft_of(cast: Cast, key: str = "key-of-a-form", **changes: object) -> Product:
    """Write a complete draft of the member's cooperative; inside writing()."""
    product = services.create_draft(cast.cooperative(), cast.member, key)
    if db.session.get(Photo, PHOTO) is None:
        make_photo(cast.cooperative(), cast.member, PHOTO)
    services.save_draft(services.editable(product, cast.member), VALUES | changes, cast.member)
    photos.add(product, PHOTO, cast.member)
    return product


def handle(product: Product) -> SimpleNamespace:
    """Give id and code of a product, which outlive the session that read it."""
    return SimpleNamespace(id=product.id, code=product.code)
