"""A draft that lacks nothing, for tests that begin after the writing."""

from products import services
from products.lifecycle import RevisionState
from products.models import Product, ProductRevision
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
    if db.session.get(type_of_photo(), PHOTO) is None:
        make_photo(cast.cooperative(), cast.member, PHOTO)
    services.save_draft(services.editable(product, cast.member), VALUES | changes, cast.member)
    photos.add(product, PHOTO, cast.member)
    return product


def type_of_photo() -> type:
    """Return the table of photos."""
    from cooperatives.photos.models import Photo

    return Photo


def decide(revision: ProductRevision, action: str) -> None:
    """Move a sent revision as an officer's decision does; inside writing()."""
    revision.move(action)
    db.session.flush()
    assert revision.state is not RevisionState.SUBMITTED
