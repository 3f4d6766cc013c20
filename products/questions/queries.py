"""Talks, seen only by those who may read them, and what somebody has not read yet."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, exists, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from cooperatives.helping.words import both_names
from cooperatives.models import Cooperative, Membership
from cooperatives.queries import open_to
from products.models import Product, ProductRevision
from products.questions.models import Audience, Message, Talk, TalkRead
from shop.accounts.models import User
from shop.accounts.queries import communes_of_officer
from shop.core.db import db


class Line(NamedTuple):
    """A talk as lists show it: its code, audience, goods, what was said last, by whom, and whether that is unread."""

    code: str
    audience: Audience
    product: str
    text: str
    author: str
    unread: bool


def for_staff(person: User, code: str, *, admin: bool) -> Talk | None:
    """Return a talk for an officer of the commune, or for an admin; None for whoever belongs to the seller."""
    chosen = _whole().where(Talk.code == code, ~_belongs(person))
    if not admin:
        chosen = chosen.where(Cooperative.commune_code.in_(communes_of_officer(person.id)))
    return db.session.scalar(chosen)


def for_member(person: User, code: str) -> Talk | None:
    """Return a talk for whom the seller's things are open, if it is one that the seller reads."""
    mine = Product.cooperative_id.in_(open_to(person))
    return db.session.scalar(_whole().where(Talk.code == code, Talk.audience == Audience.BOTH, mine))


def beside(product: Product, reader: User, *, staff: bool) -> list[Line]:
    """Return the talks about goods that a reader may read as staff or as a member, the newest first."""
    may = ~_belongs(reader) if staff else Talk.audience == Audience.BOTH
    chosen = _lines(reader).where(Talk.product_id == product.id, may)
    return _read(db.session.execute(chosen.order_by(Talk.last_id.desc())))


def unread_of_member(person: User, limit: int) -> list[Line]:
    """Return talks of a member's cooperatives in which an officer said something the member has not read."""
    mine = Product.cooperative_id.in_(open_to(person))
    chosen = _lines(person).where(Talk.audience == Audience.BOTH, mine, _is_unread(person))
    return _read(db.session.execute(chosen.order_by(Talk.last_id.desc()).limit(limit)))


def _read(rows: Iterable[Any]) -> list[Line]:
    """Read rows of `_lines`; what a helper wrote has both names."""
    return [
        Line(code, audience, product, text, both_names(author, asked_by), unread)
        for code, audience, product, text, author, asked_by, unread in rows
    ]


def _whole() -> Select[Talk]:
    return (
        select(Talk)
        .join(Product, Product.id == Talk.product_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .options(
            selectinload(Talk.messages).options(joinedload(Message.author), joinedload(Message.on_behalf_of)),
            joinedload(Talk.revision).joinedload(ProductRevision.product).joinedload(Product.cooperative),
        )
    )


def _lines(reader: User) -> Select[str, Audience, str, str, str, str | None, bool]:
    asked_by, unread = aliased(User), _is_unread(reader)
    return (
        select(Talk.code, Talk.audience, Product.code, Message.text, User.name, asked_by.name, unread)
        .join(Product, Product.id == Talk.product_id)
        .join(Cooperative, Cooperative.id == Product.cooperative_id)
        .join(Message, Message.id == Talk.last_id)
        .join(User, User.id == Message.author_id)
        .outerjoin(asked_by, asked_by.id == Message.on_behalf_of_id)
        .outerjoin(TalkRead, and_(TalkRead.talk_id == Talk.id, TalkRead.user_id == reader.id))
    )


def _is_unread(reader: User) -> ColumnElement[bool]:
    return (Message.author_id != reader.id) & (func.coalesce(TalkRead.message_id, 0) < Talk.last_id)


def _belongs(person: User) -> ColumnElement[bool]:
    """An officer who is or was a member of the seller reads nothing as an officer."""
    return exists().where(Membership.user_id == person.id, Membership.cooperative_id == Product.cooperative_id)
