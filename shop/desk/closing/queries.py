"""What stands in the way of closing a shop, and what closing it ends."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import func, select

from cooperatives.certificates.lifecycle import LIFECYCLE as OF_CERTIFICATES
from cooperatives.certificates.models import Certificate
from cooperatives.helping.models import Consent
from cooperatives.models import Cooperative, Membership
from products.lifecycle import Shelf
from products.models import Product
from shop.accounts.models import User
from shop.core.db import db
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import ngettext
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order

ENDED = (OrderState.DELIVERED, OrderState.REFUSED, OrderState.CANCELLED)


class Obstacle(NamedTuple):
    """A thing to settle first, and the words, endpoint and parameters of the page where that is done."""

    sentence: Any
    words: Any
    endpoint: str
    params: dict[str, str]


def obstacles(cooperative: Cooperative, person: User) -> Iterator[Obstacle]:
    """Yield what has to be settled first: others who belong to the shop, orders that are open."""
    others = (Membership.user_id != person.id, Membership.left_at.is_(None))
    if _count(Membership, *others, Membership.cooperative_id == cooperative.id):
        words = _l("Others belong to it. Make one of them a manager, then leave; the shop goes on.")
        yield Obstacle(words, _l("Members and invitations"), "cooperatives.members", {"code": cooperative.code})
    if number := _count(Order, Order.cooperative_id == cooperative.id, Order.state.not_in(ENDED)):
        words = ngettext(
            "%(num)s order is open. Send it or cancel it first.",
            "%(num)s orders are open. Send them or cancel them first.",
            number,
        )
        yield Obstacle(words, _l("My orders"), "desk_orders.index", {})


def _count(table: Any, *which: Any) -> int:
    return int(db.session.scalar(select(func.count()).select_from(table).where(*which)) or 0)


def goods(cooperative: Cooperative) -> list[Product]:
    """Return the goods that are not withdrawn yet."""
    found = select(Product).where(Product.cooperative_id == cooperative.id, Product.shelf != Shelf.WITHDRAWN)
    return list(db.session.scalars(found.order_by(Product.id)))


def certificates_that_wait(cooperative: Cooperative) -> list[Certificate]:
    """Return the certificates that an officer would still look at."""
    open_ones = Certificate.state.in_(OF_CERTIFICATES.sources("take_back"))
    return list(db.session.scalars(select(Certificate).where(Certificate.cooperative_id == cooperative.id, open_ones)))


def consents(cooperative: Cooperative) -> list[Consent]:
    """Return the consents that nobody has ended."""
    found = select(Consent).where(Consent.cooperative_id == cooperative.id, Consent.ended_at.is_(None))
    return list(db.session.scalars(found))
