"""A small market for the tests of search: sixteen goods of four sellers in four communes."""

from datetime import timedelta

from sqlalchemy import select

from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Kind
from products.catalogue import TYPES
from products.models import Product, RevisionText
from products.search import services, tasks
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import Cast, make_product

SELLERS = {
    "03390": "Hợp tác xã Nông sản Bình Lư",
    "03405": "Tổ hợp tác Tả Lèng Xanh",
    "03472": "Hộ Lò Thị Vân",  # Mường Mô, where Nậm Chà went
    "03517": "Hộ Chẻo Lở Mẩy",  # Nậm Tăm, where Nậm Cha went
}
# type, Vietnamese name, English name, commune, packs on hand; the later ones are newer
GOODS = [
    ("LC-001", "Chè Shan tuyết cổ thụ Tả Lèng", "Ancient Shan tea, Tả Lèng", "03405", 5),
    ("LC-016", "Gạo Séng cù Than Uyên", "Seng Cu rice", "03390", 5),
    ("LC-097", "Mật ong rừng Mường Mô", "Wild honey", "03472", 5),
    ("LC-102", "Thịt trâu gác bếp", "Smoked buffalo", "03390", 5),
    ("LC-107", "Gà đen H'Mông", "", "03472", 5),
    ("LC-108", "Trứng gà đen", "Black-chicken eggs", "03405", 5),
    ("LC-119", "Miến dong Bình Lư", "Canna noodles", "03390", 5),
    ("LC-030", "Khoai sâm Sìn Hồ", "Yacon", "03517", 5),
    ("LC-027", "Lạc đỏ nương", "Red peanuts", "03517", 5),
    ("LC-068", "Mắc ca sấy nứt vỏ", "Roasted macadamia", "03472", 5),
    ("LC-047", "Nấm hương khô", "Dried shiitake", "03390", 5),
    ("LC-130", "Rượu ngô men lá", "Corn liquor", "03405", 5),
    ("LC-071", "Thảo quả khô", "Black cardamom", "03405", 0),
    ("LC-053", "Dứa mật", "Pineapple", "03517", 5),
    ("LC-136", "Túi thổ cẩm", "Brocade bag", "03472", 5),
    ("LC-094", "Thuốc tắm người Dao đỏ", "Red Dao bath", "03390", 5),
]


def make_market(cast: Cast) -> dict[str, int]:
    """Write the market, its search entries and its vocabulary; returns product ids by name. Needs no files."""
    with writing():
        sellers = {commune: _seller(commune, name) for commune, name in SELLERS.items()}
        ids = {}
        for place, (code, name, english, commune, on_hand) in enumerate(GOODS):
            kind = TYPES[code]
            product = make_product(
                sellers[commune],
                cast.member,
                name,
                category=kind.category,
                price=kind.price_low,
                on_hand=on_hand,
                pack=(kind.pack_amount, kind.unit),
            )
            revision = product.approved
            assert revision is not None
            revision.type_code, revision.ship_class = code, kind.ship_class
            if english:
                revision.texts.append(RevisionText(lang="en", name=english))
            product.approved_at = clock.now() - timedelta(days=len(GOODS) - place)
            ids[name] = product.id
        for product in db.session.scalars(select(Product).where(Product.id.in_([cast.ids["tea"], cast.ids["honey"]]))):
            product.approved_at = clock.now() - timedelta(days=100)
        db.session.flush()
        services.refresh([*ids.values(), cast.ids["tea"], cast.ids["honey"]])
    tasks.refresh_vocabulary()
    return ids


def _seller(commune: str, name: str) -> Cooperative:
    seller = Cooperative(
        name=name,
        slug="nguoi-ban",
        kind=Kind.HOUSEHOLD,
        commune_code=commune,
        contact_name="Lò Thị Vân",
        contact_phone="+84912000109",
        state=CooperativeState.ACTIVE,
        active_since=clock.now(),
    )
    db.session.add(seller)
    db.session.flush()
    return seller
