"""Who is told of a rating: the seller of a new one; its author of an answer, and of what an officer decided."""

from typing import Any, NamedTuple

from cooperatives.queries import members
from shop.core.i18n import lazy_gettext as _l
from shop.core.i18n import use_language
from shop.core.outbox import queue_mail
from shop.core.present import origin
from shop.notices.services import tell
from shop.ratings.models import Rating


class Words(NamedTuple):
    """What the author reads."""

    subject: Any
    body: Any


ANSWERED = Words(
    _l("%(seller)s answers your rating"), _l("%(seller)s has answered what you wrote about %(goods)s: %(url)s")
)
HIDDEN = Words(
    _l("Your rating of %(goods)s is hidden"),
    _l("An officer has hidden your rating of %(goods)s: “%(reason)s” See it, or take it back: %(url)s"),
)
SHOWN_AGAIN = Words(
    _l("Your rating of %(goods)s is shown again"), _l("Everybody can read your rating of %(goods)s again: %(url)s")
)


def tell_seller(rating: Rating) -> None:
    """Tell everybody of the seller that there is a new rating."""
    for membership in members(rating.cooperative):
        tell(membership.user, "rated", f"/my/ratings/{rating.code}", product=rating.line.name, stars=rating.stars)


def tell_author(rating: Rating, event: str, words: Words, reason: str = "") -> None:
    """Tell who wrote a rating: by mail where the purchase has an address, and in the list of who is signed in.

    `event` is this step's own name: the same step is told once.
    """
    purchase = rating.order.purchase
    path = f"/purchases/{purchase.token}/orders/{rating.order.code}/ratings/{rating.line.product_code}"
    values = {"seller": rating.order.seller_name, "goods": rating.line.name, "reason": reason}
    with use_language(purchase.language):
        filled = values | {"url": f"{origin()}{path}"}
        subject, body = str(words.subject) % filled, str(words.body) % filled
    if purchase.buyer is not None:
        tell(purchase.buyer, "own_rating", path, said=subject)
    if purchase.email:
        queue_mail(
            f"{event}:{rating.code}", purchase.email, purchase.language, subject, f"{purchase.name},\n\n{body}\n"
        )
