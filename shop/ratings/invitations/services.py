"""invite(): one letter about one order; silence(): no more of them."""

from shop.core.claims import insert_once
from shop.core.codes import shown
from shop.core.i18n import gettext as _
from shop.core.i18n import use_language
from shop.core.outbox import queue_mail
from shop.core.present import origin
from shop.notices.mail.unsubscribing import ASKING
from shop.notices.services import tell
from shop.orders.changes.queries import lines_now
from shop.orders.models import Order
from shop.ratings import queries as ratings
from shop.ratings.invitations import queries
from shop.ratings.invitations.models import RatingInvitation, RatingSilence


def invite(order: Order) -> bool:
    """Ask the buyer of a delivered order once; False where nobody is asked, or somebody was already.

    By mail where the purchase has an address that does not object, and in the list of notices of who is signed in.
    A telephone number alone was given for the parcel: no SMS goes to it.
    """
    purchase, own = order.purchase, ratings.sells_it(order, None)
    email = purchase.email if purchase.email and not queries.is_silent(purchase.email) else None
    may = not own and (email is not None or (purchase.buyer is not None and not purchase.email))
    if not insert_once(RatingInvitation, order_id=order.id, asked=may) or not may:
        return False
    path = f"/purchases/{purchase.token}"
    with use_language(purchase.language):
        subject = _("How were the goods of order %(code)s?", code=shown(order.code))
        goods = ", ".join(dict.fromkeys(one.line.name for one in lines_now([order])[order.id] if one.packs))
        body = _("You received %(goods)s from %(seller)s. Two taps tell others how good it was.", goods=goods,
                 seller=order.seller_name)  # fmt: skip
    if purchase.buyer is not None:
        tell(purchase.buyer, "own_rating", path, said=subject)
    if email is not None:
        letter = f"{purchase.name},\n\n{body}\n\n{origin()}{path}\n"
        queue_mail(f"{ASKING}{order.code}", email, purchase.language, subject, letter)
    return True


def silence(order: Order) -> None:
    """Ask the address of an order's purchase no more; twice is once."""
    if order.purchase.email:
        insert_once(RatingSilence, digest=queries.digest_of(order.purchase.email))
