"""A draft that lacks nothing, for tests that begin after the writing."""

from types import SimpleNamespace
from typing import Any

from cooperatives.photos.models import Photo
from products import services
from products.fields import LISTS
from products.models import Product
from products.photos import services as photos
from shop.core.db import db
from tests.browser import Browser
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


DETAILS = {  # every detail there is, as people type it
    "summary": "Sợi dai, nấu lâu không nát.",
    "story": "Hai dòng\nở đây",
    "season": [9, 10],
    "origin": "03394",
    "net_weight": "500 g",
    "packed_weight": "0,65 kg",
    "length": "30",
    "width": "20 cm",
    "height": "7,5",
    "ingredients": "Củ dong, nước",
    "allergens": ["sesame", "egg"],
    "shelf_life": "6 tháng",
    "storage": "Nơi khô",
    "usage": "Ngâm nước 10 phút rồi nấu",
    "warning": "Để xa tầm tay trẻ nhỏ",
    "min_order": "5",
    "order_step": "5",
    "weighed": "10",
    "ship_class": "fragile",
    "name_en": "Noodles",
    "summary_en": "Chewy",
    "story_en": "From the hills",
    "name_hi": "नूडल",
    "summary_hi": "मुलायम",
    "story_hi": "पहाड़ों से",
}


def as_shown(browser: Browser) -> dict[str, Any]:
    """Return the fields of the product form as a browser would send them back untouched."""
    form = next(form for form in browser.all("main form") if form.cssselect("[name=draft_key]"))
    return {name: form.fields[name] for name in form.fields if form.fields[name] not in (None, set())} | {
        name: list(form.fields[name]) for name in LISTS
    }


def handle(product: Product) -> SimpleNamespace:
    """Give id and code of a product, which outlive the session that read it."""
    return SimpleNamespace(id=product.id, code=product.code)
