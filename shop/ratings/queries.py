"""Which ratings there are, and whose orders they belong to."""

from collections.abc import Iterable

from sqlalchemy import Select, or_, select

from cooperatives.models import Cooperative, Membership
from shop.accounts.models import User
from shop.core.db import db
from shop.orders.changes.queries import lines_now
from shop.orders.models import Order, OrderLine, Purchase
from shop.ratings.lifecycle import RatingState
from shop.ratings.models import Rating


def line_of(order: Order, product_code: str) -> OrderLine | None:
    """Return the first line of an order with these goods, sold or sent instead of others, or None."""
    goods = (one.line for one in lines_now([order])[order.id])
    return next((line for line in goods if line.product_code == product_code), None)


def was_sent(line: OrderLine) -> bool:
    """Say whether some of the goods of a line came: none did where a change of the order left all of them out."""
    now = lines_now([line.order])[line.order_id]
    return any(one.packs for one in now if one.line.product_code == line.product_code)


def of_line(line: OrderLine) -> Select[Rating]:
    """Select the rating of the goods of an order's line, if there is one."""
    return select(Rating).where(Rating.order_id == line.order_id, Rating.product_id == line.sku.product_id)


def shown_one(code: str) -> Select[Rating]:
    """Select the rating with this public code, if everybody reads it."""
    return select(Rating).where(Rating.code == code, Rating.state == RatingState.SHOWN)


def of_orders(order_ids: Iterable[int]) -> dict[tuple[int, str], Rating]:
    """Return {(order, product's code): its rating} of some orders."""
    rows = select(Rating, OrderLine.product_code).join(Rating.line).where(Rating.order_id.in_(list(order_ids)))
    return {(rating.order_id, product_code): rating for rating, product_code in db.session.execute(rows)}


def of_buyer(user: User) -> list[Rating]:
    """Return what a person wrote while signed in as the buyer, oldest first."""
    rows = select(Rating).join(Rating.order).join(Order.purchase).where(Purchase.buyer_id == user.id)
    return list(db.session.scalars(rows.order_by(Rating.id)))


def sells_it(order: Order, person: User | None) -> bool:
    """Say whether the buyer of an order, or who writes now, is or was somebody of its seller: by account or phone."""
    purchase = order.purchase
    users = [key for key in (purchase.buyer_id, person.id if person else None) if key is not None]
    theirs = select(Membership.id).join(User, User.id == Membership.user_id)
    same = or_(User.id.in_(users), (User.phone == purchase.phone) & (User.phone != ""))
    found = db.session.scalar(theirs.where(Membership.cooperative_id == order.cooperative_id, same).limit(1))
    by_phone = select(Cooperative.id).where(
        Cooperative.id == order.cooperative_id,
        Cooperative.contact_phone == purchase.phone,
        Cooperative.contact_phone != "",
    )
    return found is not None or db.session.scalar(by_phone) is not None
