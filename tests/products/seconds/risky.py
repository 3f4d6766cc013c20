"""Goods that need two officers, and a commune that has them, for tests that begin there."""

from products import queries
from products.models import Product
from products.review import services as review
from products.review.models import Decision, Verdict
from products.seconds.models import FirstLook
from shop.accounts.models import OfficerCommune, User
from shop.core import clock
from shop.core.db import db, writing
from tests.cast import BINH_LU, Cast
from tests.products.review.sent import sent_goods, ten_seconds_pass

RISKY = {"name": "Thảo quả khô", "category": "medicinal"}


def risky_goods(cast: Cast, key: str = "key-of-risky-goods") -> int:
    """Send goods that need two officers, in its own transaction; returns the product's id."""
    with writing():
        return sent_goods(cast, key, **RISKY).id


def second_officer(cast: Cast) -> User:
    """Let the officer of Than Uyên answer for Bình Lư too."""
    with writing():
        start = clock.after(days=-1)
        db.session.add(OfficerCommune(user_id=cast.officer_elsewhere.id, commune_code=BINH_LU, valid_from=start))
    return cast.officer_elsewhere


def approve(key: int, officer: User, verdict: Verdict = Verdict.APPROVE, note: str = "") -> Decision | FirstLook:
    """Let an officer approve what waits of a product, or decide otherwise, in its own transaction."""
    with writing():
        product = db.session.get_one(Product, key)
        return review.decide(product, queries.last_number(product), officer, verdict, note)


def approve_by_two(cast: Cast, key: int) -> None:
    """Let two officers say yes, and ten seconds pass: whatever is risky is on sale."""
    second = second_officer(cast)
    assert isinstance(approve(key, cast.officer), FirstLook)
    assert isinstance(approve(key, second), Decision)
    assert ten_seconds_pass() == 1
