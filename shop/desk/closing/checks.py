"""What `flask verify` proves about closed shops."""

from collections.abc import Iterator

from sqlalchemy import select

from cooperatives.helping.models import Consent
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative
from products.lifecycle import Shelf
from products.models import Product
from shop.core.db import db


def closed_is_closed() -> Iterator[str]:
    """A closed shop has no goods that are not withdrawn, and nobody acts for it."""
    closed = Cooperative.state == CooperativeState.CLOSED
    goods = select(Product.id).where(Product.cooperative_id == Cooperative.id, Product.shelf != Shelf.WITHDRAWN)
    helped = select(Consent.id).where(Consent.cooperative_id == Cooperative.id, Consent.ended_at.is_(None))
    for code in db.session.scalars(select(Cooperative.code).where(closed, goods.exists() | helped.exists())):
        yield f"cooperative {code} is closed, but something of it goes on"


CHECKS = [closed_is_closed]
