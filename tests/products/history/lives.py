"""Goods with a past, for tests that look back."""

from products import services
from products.models import ProductRevision
from products.queries import last_number, open_revision
from products.review.models import Verdict
from products.stock import services as stock
from shop.core.db import db, writing
from tests.cast import Cast
from tests.products.review.sent import decided

NAMES = ("Chè Shan tuyết", "Chè Shan tuyết cổ thụ", "Chè cổ thụ Bình Lư")


def save(cast: Cast, who: str = "member", page: str = "", **values: object) -> list[str]:
    """Write into the draft of the tea, begun where there is none; its own transaction."""
    with writing():
        draft = services.editable(cast.product(), cast.user(who))
        return services.save_draft(draft, values, cast.user(who), page=page)


def send(cast: Cast, who: str = "member") -> int:
    """Send the draft of the tea and return its number."""
    with writing():
        services.submit(cast.product(), cast.user(who))
    return last_number(cast.product())


def approved(cast: Cast, **values: object) -> int:
    """Write, send and approve a revision of the tea; returns its number."""
    save(cast, **values)
    number = send(cast)
    decided(cast, cast.product(), Verdict.APPROVE)
    return number


def price_now(cast: Cast, price: int) -> None:
    """Change the price of the tea, as the seller may without review."""
    with writing():
        stock.set_price(cast.sku(), price, cast.sku().price, cast.member, "changed")


def draft(cast: Cast) -> ProductRevision:
    """Return the open revision of the tea, read afresh."""
    db.session.expire_all()
    found = open_revision(cast.product())
    assert found is not None
    return found
