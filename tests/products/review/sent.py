"""Goods that wait for the officer, for tests that begin at his desk."""

from products import queries, services
from products.models import Product
from products.review import services as review
from products.review import tasks
from products.review.models import UNDO, Decision, Verdict
from products.review.queries import history
from shop.core import clock
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


def taken(cast: Cast, product: Product, verdict: Verdict, note: str = "", **more: object) -> Decision:
    """Let the officer decide on what waits, in its own transaction; nothing has moved yet."""
    key, number = product.id, queries.last_number(product)
    with writing():
        return review.decide(db.session.get_one(Product, key), number, cast.officer, verdict, note, **more)


def decided(cast: Cast, product: Product, verdict: Verdict, note: str = "", **more: object) -> Decision:
    """Let the officer decide on what waits, and ten seconds pass."""
    decision = taken(cast, product, verdict, note, **more)
    assert ten_seconds_pass() == 1
    return decision


def ten_seconds_pass() -> int:
    """Let the time for undoing pass, and the sweep come by; returns how many decisions took effect or fell."""
    clock.pass_for_tests(UNDO)
    return tasks.carry_out_due()


def decisions_on(key: int) -> list[Decision]:
    """Return the kept decisions on a product, oldest first."""
    return history(db.session.get_one(Product, key))[::-1]
