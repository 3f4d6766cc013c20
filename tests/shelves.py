"""Shelves for real markets: the cast's goods and many more, with photos that a browser can draw."""

from functools import cache
from typing import Any, NamedTuple

from flask import Flask
from sqlalchemy import select, update

from cooperatives.models import Cooperative
from cooperatives.photos.models import Photo
from cooperatives.photos.names import CONTENT_TYPES, ladder, master_name, rendition_name
from products.models import Product
from products.search.services import refresh
from shop.accounts.models import User
from shop.core import clock
from shop.core.db import db, writing
from shop.core.images import make_master, make_renditions
from shop.core.present import media_key
from shop.core.storage import public_name
from tests import photos
from tests.cast import Cast, make_cast, make_product

SCENES = 3  # pictures that all goods share: drawing them is slow
GOODS = (  # name, category, price in đồng, pack
    ("Chè Shan tuyết cổ thụ", "tea", 180_000, (100, "goi")),
    ("Mật ong bạc hà", "honey", 260_000, (500, "chai")),
    ("Gạo tẻ râu Phong Thổ", "rice_grain", 42_000, (1000, "kg")),
    ("Thảo quả khô", "medicinal", 150_000, (500, "goi")),
    ("Miến dong Bình Lư", "processed", 65_000, (500, "goi")),
    ("Mắc khén hạt", "nut_spice", 90_000, (200, "goi")),
)


class Goods(NamedTuple):
    """A product of a filled market, as plain values."""

    id: int
    code: str
    slug: str
    sku: str
    seller: int

    @property
    def path(self) -> str:
        return f"/products/{self.slug}-{self.code}"


def with_cast(app: Flask) -> tuple[Cast, dict[str, Any]]:
    """The cast, its two public products and their photos."""
    with app.app_context():
        cast = make_cast()
        give_files(app)
    return cast, {}


def with_full_shelves(app: Flask, number: int = 30, on_hand: int = 20) -> tuple[Cast, dict[str, Any]]:
    """The cast and `number` more products of both sellers in turn, so that home and search fill a page."""
    with app.app_context():
        cast = make_cast()
        with writing():
            made = [_goods(cast, place, on_hand) for place in range(number)]
            goods = [Goods(one.id, one.code, one.slug, one.skus[0].code, one.cooperative_id) for one in made]
            refresh(one.id for one in goods)
        give_files(app)
    return cast, {"goods": goods}


def with_demo(app: Flask) -> tuple[Cast, dict[str, Any]]:
    """The demo market of `flask demo`; nobody of the cast lives there."""
    done = app.test_cli_runner().invoke(args=["demo"])
    if done.exit_code:
        raise RuntimeError(done.output)
    return Cast({}), {}


def _goods(cast: Cast, place: int, on_hand: int) -> Product:
    name, category, price, pack = GOODS[place % len(GOODS)]
    mine = place % 2 == 0
    seller, person = ("cooperative", "member") if mine else ("other_cooperative", "stranger")
    return make_product(
        db.session.get_one(Cooperative, cast.ids[seller]),
        db.session.get_one(User, cast.ids[person]),
        f"{name} số {place + 1}",
        category=category,
        price=price + place * 1000,
        on_hand=on_hand,
        pack=pack,
    )


def files_come_later() -> None:
    """Let no sweep look for the files of new photo rows before `give_files`: for markets that are at work already."""
    db.session.flush()
    unmeasured = update(Photo).where(Photo.measured_at.is_(None))
    db.session.execute(unmeasured.values(measured_at=clock.now()))


def give_files(app: Flask) -> None:
    """Lay down files for every photo row that has none, or but a master: master, renditions, public copies."""
    storage, key = app.extensions["storage"], media_key()
    for place, photo in enumerate(db.session.scalars(select(Photo).order_by(Photo.created_at, Photo.digest)).all()):
        steps = list(ladder(photo.width))
        if all(storage.exists(public_name(key, photo.digest, width, ext)) for width, ext in steps):
            continue
        master, renditions = _drawn(place % SCENES)
        storage.put(master_name(photo.digest), master, "image/jpeg")
        for width, ext in steps:
            data = renditions[width, ext]
            storage.put(rendition_name(photo.digest, width, ext), data, CONTENT_TYPES[ext])
            storage.put(public_name(key, photo.digest, width, ext), data, CONTENT_TYPES[ext])


def lay_masters(app: Flask) -> None:
    """Lay down something for the master of every photo row, where nobody looks at the picture itself."""
    for digest in db.session.scalars(select(Photo.digest)).all():
        app.extensions["storage"].put(master_name(digest), b"a picture", "image/jpeg")


@cache
def _drawn(seed: int) -> tuple[bytes, dict[tuple[int, str], bytes]]:
    master = make_master(photos.jpeg(1600, 1200, seed=seed + 10))
    return master.data, make_renditions(master.data)
