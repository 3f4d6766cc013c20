"""Writing and reading: a message once for each press, and one notice until the other side has read."""

from collections.abc import Collection

from sqlalchemy import update

from shop.accounts.models import User
from shop.audit import acting
from shop.audit import services as audit
from shop.core import clock
from shop.core.claims import insert_once
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.i18n import current_language
from shop.core.i18n import lazy_gettext as _l
from shop.orders import messages
from shop.orders.models import Order
from shop.orders.talks import policies, queries
from shop.orders.talks.models import LONGEST, OrderMessage, OrderTalk, Side

AN_HOUR = 3600
AN_HOUR_MOST = 20  # messages of one side about one order; counted at the door (shop.accounts.throttle)


def say(order: Order, side: Side, author: User | None, text: str, press: str) -> OrderMessage:
    """Keep what one side writes and tell the other, unless it was told and has not read since.

    `press` names one press of one form: the same again is the same message. Raises Invalid("text") for no words or
    more than LONGEST characters, Conflict where the time to write is over or this press said something else.
    """
    if not text:
        raise Invalid("text", _l("Write what you want to say."))
    if len(text) > LONGEST:
        raise Invalid("text", _l("Use at most %(number)s characters.", number=LONGEST))
    talk = _taken(order)
    before = queries.by_press(order, press)
    if before is not None and (before.side, before.text) == (side, text):
        return before
    if before is not None:
        raise Conflict(_l("Your message before this one was sent. Send this one too if you like."))
    if sentence := policies.refusal(order):
        raise Conflict(sentence)
    first = not queries.unread([order.id], side.other)
    message = OrderMessage(order_id=order.id, side=side, text=text, lang=current_language(), press=press)
    helped = acting.of(author.id) if author else None
    message.author_id, message.on_behalf_of_id = author.id if author else None, helped and helped.on_behalf_of_id
    db.session.add(message)
    db.session.flush()
    setattr(talk, f"{side}_wrote_id", message.id)
    db.session.flush()
    audit.record("order_message", order, author, code=order.code, by=side.value)
    if first:
        _tell(order, side.other, message.id)
    return message


def read(order_ids: Collection[int], side: Side) -> None:
    """Keep that one side has read all there is about these orders."""
    wrote = OrderTalk.seller_wrote_id if side is Side.BUYER else OrderTalk.buyer_wrote_id
    seen = OrderTalk.buyer_seen_id if side is Side.BUYER else OrderTalk.seller_seen_id
    values = {seen.key: wrote, f"{side}_seen_at": clock.now()}
    db.session.execute(update(OrderTalk).where(OrderTalk.order_id.in_(order_ids), seen < wrote).values(values))


def _taken(order: Order) -> OrderTalk:
    """Return the row that makes the messages of an order come one by one."""
    insert_once(OrderTalk, order_id=order.id)
    return db.session.get_one(OrderTalk, order.id, with_for_update=True, populate_existing=True)


def _tell(order: Order, side: Side, message_id: int) -> None:
    if side is Side.BUYER:
        messages.tell_buyer(order, "message", f"order_answer:{order.code}:{message_id}")
    else:
        messages.tell_cooperative(order, "order_message")
        messages.tell_helpers(order, "order_message")
