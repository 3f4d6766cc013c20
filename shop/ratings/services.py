"""Writing, changing and taking back a rating; each moves the count with it."""

import re
from typing import Any, NamedTuple

from sqlalchemy import update

from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.claims import insert_once
from shop.core.codes import public_code
from shop.core.db import db
from shop.core.errors import Conflict, DomainError, Invalid
from shop.core.i18n import lazy_gettext as _l
from shop.orders.models import OrderLine
from shop.ratings import messages, moving, policies, queries, tally
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import FormerRating, Rating

NOT_YET = _l("You can rate these goods once the order has arrived.")
TOO_LATE = _l("These goods arrived more than 180 days ago. They cannot be rated any more.")
NOT_SENT = _l("These goods were not sent, so they cannot be rated.")
OWN_GOODS = _l("Who sells these goods cannot rate them.")
ALREADY = _l("You have rated these goods already. Open the page again to see it.")
FIXED = _l("This rating cannot be changed any more. You may still take it back.")
NO_NUMBERS = _l("Leave out phone numbers: everybody reads this.")
_PHONE = re.compile(r"(?:\+?84|0)(?:[ .-]?\d){8,10}(?!\d)")


class Told(NamedTuple):
    """What the buyer said: 1 to 5 stars, words, whether the given name is shown, the language of the words."""

    stars: int
    words: str
    named: bool
    language: str


def rate(line: OrderLine, told: Told, person: User | None) -> Rating:
    """Keep the rating of an order's line; the very same again is the same rating.

    Raises Conflict where the goods did not come or came too long ago, and where they have another rating; DomainError
    for the seller's own people; Invalid for a phone number among the words.
    """
    order = line.order
    why = refusal(line)
    if why:
        raise Conflict(why)
    if queries.sells_it(order, person):
        raise DomainError(OWN_GOODS)
    said = _said(told, line)
    owner = {"product_id": line.sku.product_id, "cooperative_id": order.cooperative_id}
    place = {"order_id": order.id, "line_id": line.id, "province_code": order.purchase.province_code, **owner}
    is_new = insert_once(Rating, code=public_code(), **place, **said)
    rating = db.session.scalars(queries.of_line(line)).one()
    if is_new:
        tally.count(rating)
        audit.record("rated", rating, person, stars=rating.stars, order=order.code)
        messages.tell_seller(rating)
    elif any(getattr(rating, name) != value for name, value in said.items()):
        raise Conflict(ALREADY)
    return rating


def refusal(line: OrderLine) -> Any:
    """Return why the goods of a line cannot be rated now, or "" where they can."""
    if not policies.may_rate(line.order):
        return TOO_LATE if policies.delivered_at(line.order) else NOT_YET
    return "" if queries.was_sent(line) else NOT_SENT


def change(rating: Rating, told: Told, person: User | None) -> None:
    """Say something else, within 14 days; what stood there is kept. Raises Conflict later, and where it is hidden."""
    moving.lock(rating)
    if not rating.allows("change") or not policies.may_change(rating.written_at):
        raise Conflict(FIXED)
    said, before = _said(told, rating.line), rating.stars
    if all(getattr(rating, name) == value for name, value in said.items()):
        return
    db.session.add(FormerRating(rating_id=rating.id, stars=before, words=rating.words))
    moving.move(rating, "change", changed_at=clock.now(), **said)
    tally.recount(rating, before, told.stars)
    audit.record("rating_changed", rating, person, before=before, after=told.stars)


def take_back(rating: Rating, person: User | None) -> None:
    """Take a rating back for good: its words go, here and in what is kept of it. Raises Conflict the second time."""
    moving.lock(rating)
    shown, stars = rating.state is RatingState.SHOWN, rating.stars
    moving.move(rating, "take_back", words="", name="", taken_back_at=clock.now())
    db.session.execute(update(FormerRating).where(FormerRating.rating_id == rating.id).values(words=""))
    if shown:
        tally.uncount(rating, stars)
    audit.record("rating_taken_back", rating, person, stars=stars)


def _said(told: Told, line: OrderLine) -> dict[str, Any]:
    if _PHONE.search(told.words):
        raise Invalid("words", NO_NUMBERS)
    name = policies.given_name(line.order.purchase) if told.named else ""
    return {"stars": told.stars, "words": told.words, "language": told.language, "name": name}
