"""Goods that wait for the officer, for tests that begin at his desk."""

from products import queries, services
from products.models import Product
from products.review import services as review
from products.review.models import Decision, Verdict
from products.review.queries import history
from shop.core.db import db, writing
from tests.cast import Cast
from tests.products.complete import draft_of


def sent_goods(cast: Cast, key: str = "key-of-a-form", **changes: object) -> Product:
    """Send complete new goods of the member's cooperative; inside writing()."""
    product = draft_of(cast, key, **changes)
    services.submit(product, cast.member)
    return product


def sent_edit(cast: Cast, **values: object) -> Product:
    """Send a change of the tea, which stays on sale; inside writing()."""
    draft = services.start_edit(cast.product(), cast.member)
    services.save_draft(draft, values, cast.member)
    services.submit(cast.product(), cast.member)
    return cast.product()


def path_of(product: Product, number: int | None = None) -> str:
    """Return the address of the decision on what waits, or on another number."""
    return f"/review/products/{product.code}/{number or queries.last_number(product)}/decision"


def decided(cast: Cast, product: Product, verdict: Verdict, note: str = "", **more: object) -> Decision:
    """Let the officer decide on what waits; its own transaction."""
    key, number = product.id, queries.last_number(product)
    with writing():
        found = review.decide(db.session.get_one(Product, key), number, cast.officer, verdict, note, **more)
    return found.decision


def decisions_on(key: int) -> list[Decision]:
    """Return the kept decisions on a product, oldest first."""
    return history(db.session.get_one(Product, key))[::-1]
