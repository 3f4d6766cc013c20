"""Delivered purchases of several goods, for tests of what stands beside what."""

from itertools import count

from products.models import Product
from products.search.services import refresh
from shop.core.db import db, writing
from shop.orders.models import Purchase
from shop.related.models import RelatedGoods, Relation
from shop.related.tasks import relate
from tests.cast import Cast, make_product
from tests.shop.orders.buying import at, cart_with, place

PHONES = count(1)


def bought(cast: Cast, *names: str, phone: str = "", state: str = "delivered") -> int:
    """One purchase of a pack of each of these, by a buyer of their own, taken to a state; returns its id."""
    with writing():
        for name in names:
            cast.sku(name).on_hand += 1
    key = place(*cart_with(cast, **dict.fromkeys(names, 1)), phone=phone or f"+84914{next(PHONES):06d}")
    for order in [one.id for one in db.session.get_one(Purchase, key).orders]:
        at(order, state)
    return key


def goods(cast: Cast, name: str, seller: str = "other_cooperative", category: str = "tea", **about: object) -> int:
    """Goods on sale of one of the two sellers; `about` goes into the approved revision."""
    person = cast.stranger if seller == "other_cooperative" else cast.member
    with writing():
        product = make_product(cast.cooperative(seller), person, name, category=category, price=50_000, on_hand=5)
        for field, value in about.items():
            setattr(product.approved, field, value)
        db.session.flush()
        refresh([product.id])
        return product.id


def beside(product_id: int, relation: Relation = Relation.SIMILAR) -> list[int]:
    """What is kept beside a product."""
    chosen = db.select(RelatedGoods.other_id).filter_by(product_id=product_id, relation=relation)
    return list(db.session.scalars(chosen.order_by(RelatedGoods.position)))


def counted(cast: Cast) -> None:
    """A product of another seller beside the tea, and three who bought tea and honey; the night has counted it."""
    goods(cast, "Chè Shan tuyết Sin Suối Hồ")
    for _ in range(3):
        bought(cast, "tea", "honey")
    relate()


def path_of(product_id: int) -> str:
    product = db.session.get_one(Product, product_id)
    return f"/products/{product.slug}-{product.code}"
