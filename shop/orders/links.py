"""The buyer's link of a purchase: how long it opens, and for whom longer."""

from datetime import timedelta

from shop.accounts.models import User
from shop.core import clock
from shop.core.errors import Gone
from shop.core.i18n import lazy_gettext as _l
from shop.orders import queries
from shop.orders.models import Purchase

LINK_LIVES = timedelta(days=180)  # afterwards only the signed-in buyer reads it


def is_own(purchase: Purchase, person: User | None) -> bool:
    """Say whether the buyer reads this, signed in; the link alone is anybody's."""
    return person is not None and person.id == purchase.buyer_id


def followed(token: str, person: User | None) -> Purchase | None:
    """Return the purchase a link names, or None; raises Gone for an old one, except to its buyer."""
    purchase = queries.by_token(token)
    if purchase is not None and clock.now() - purchase.placed_at > LINK_LIVES and not is_own(purchase, person):
        raise Gone(_l("This link is too old. Call us if you need the order."))
    return purchase
