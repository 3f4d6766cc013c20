"""Everything the market keeps about one person, as plain lists."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from cooperatives.lessons.models import FinishedLesson
from cooperatives.models import Membership
from cooperatives.photos.models import PhotoUse
from cooperatives.voices.models import VoiceNote
from products.models import Product
from products.waiting import queries as waiting
from shop.accounts.devices.models import KnownDevice
from shop.accounts.factor.queries import is_enrolled
from shop.accounts.models import RoleGrant, User, UserSession
from shop.audit.models import AuditEntry
from shop.core.db import db
from shop.notices.models import Notice
from shop.notices.words import said
from shop.orders.changes.policies import Now
from shop.orders.changes.queries import lines_now
from shop.orders.invoices import queries as invoices
from shop.orders.models import Order, Purchase, PurchaseGift
from shop.orders.talks.models import OrderMessage, Side
from shop.orders.talks.queries import of_orders
from shop.privacy.files import MOST, own_files
from shop.privacy.queries import consents
from shop.privacy.rated import ratings_of

Row = dict[str, Any]


def gathered(user: User) -> dict[str, list[Row]]:
    """Return title -> rows of everything kept about this person; moments in ISO 8601, UTC. Secrets are left out."""
    return {
        "account": [_account(user)],
        "sessions": [
            _plain(created_at=row.created_at, seen_at=row.seen_at, device=row.agent, address=row.address)
            for row in _of(UserSession, user)
        ],
        "devices": [_plain(first_at=row.first_at, seen_at=row.seen_at) for row in _of(KnownDevice, user)],
        "roles": [_plain(role=row.role, since=row.valid_from, until=row.valid_to) for row in _of(RoleGrant, user)],
        "memberships": _memberships(user),
        "purchases": _purchases(user),
        "ratings": ratings_of(user),
        "gifts_to_you": _gifts(user),
        "products_begun": [
            _plain(code=row.code, at=row.created_at)
            for row in db.session.scalars(select(Product).where(Product.created_by_id == user.id))
        ],
        "photos_sent": [
            _plain(digest=row.digest, at=row.created_at)
            for row in db.session.scalars(select(PhotoUse).where(PhotoUse.uploaded_by_id == user.id))
        ],
        "recordings": [
            _plain(digest=row.digest, seconds=row.seconds, at=row.created_at)
            for row in db.session.scalars(select(VoiceNote).where(VoiceNote.recorded_by_id == user.id))
        ],
        "lessons": [
            _plain(lesson=row.lesson, version=row.version, at=row.answered_at) for row in _of(FinishedLesson, user)
        ],
        "goods_you_wait_for": _waits(user),
        "notices": [
            _plain(at=row.created_at, text=said(row, user.language).body, read_at=row.read_at)
            for row in _of(Notice, user)
        ],
        "messages_to_buyers": _to_buyers(user),
        "consents": _consents(user),
        "files": _files(user),
        "what_you_did": _deeds(user),
    }


def _waits(user: User) -> list[Row]:
    rows = db.session.execute(waiting.of_person(user.id, user.email).add_columns(Product.code).join(Product))
    return [
        _plain(goods=code, email=row.email, asked_at=row.asked_at, yes_at=row.confirmed_at, told_at=row.told_at)
        for row, code in rows
    ]


def _account(user: User) -> Row:
    return _plain(
        name=user.name,
        language=user.language,
        phone=user.phone,
        email=user.email,
        sign_in_names=[row.value for row in user.login_names],
        password="set" if user.password_hash else None,
        code_app="set up" if is_enrolled(user.id) else None,
        since=user.created_at,
    )


def _memberships(user: User) -> list[Row]:
    return [
        _plain(cooperative=row.cooperative.name, role=row.role, since=row.joined_at, until=row.left_at)
        for row in _of(Membership, user)
    ]


def _consents(user: User) -> list[Row]:
    return [
        _plain(purpose=row.purpose, version=row.version, given_at=row.given_at, withdrawn_at=row.withdrawn_at)
        for row in consents(user.id)
    ]


def _files(user: User) -> list[Row]:
    """List the files that lie in the same ZIP; beyond the bound, how many do not."""
    found = own_files(user)
    told = [_plain(path=one.path, at=one.at) for one in found[:MOST]]
    return [*told, {"left_out": len(found) - MOST}] if len(found) > MOST else told


def _deeds(user: User) -> list[Row]:
    done = db.session.scalars(select(AuditEntry).where(AuditEntry.actor_id == user.id).order_by(AuditEntry.id))
    return [_plain(at=row.at, what=row.action, subject=row.subject_kind, facts=row.facts) for row in done]


def _purchases(user: User) -> list[Row]:
    chosen = (
        select(Purchase)
        .where(Purchase.buyer_id == user.id)
        .options(selectinload(Purchase.orders).selectinload(Order.lines))
        .order_by(Purchase.id)
    )
    found = list(db.session.scalars(chosen))
    said = _said([order.id for one in found for order in one.orders])
    now = lines_now(order for one in found for order in one.orders)
    return [
        _plain(
            placed_at=one.placed_at,
            name=one.name,
            phone=one.phone,
            email=one.email,
            address=f"{one.line}, {one.commune.name}, {one.province.name}",
            note=one.note,
            gift=_gift(one),
            invoice=_invoice(one.id),
            total=one.total,
            orders=[
                _plain(code=order.code, seller=order.seller_name, state=order.state, total=order.total, due=order.due)
                | {"goods": [f"{line.quantity} × {line.name}" for line in order.lines], "messages": said[order.id]}
                | _sent(now[order.id])
                for order in one.orders
            ],
        )
        for one in found
    ]


def _sent(now: Sequence[Now]) -> Row:
    """What goes into the parcel, where it is not what was ordered."""
    if not any(one.is_changed for one in now):
        return {}
    return {"goods_sent": [f"{one.packs} × {one.line.name}" for one in now if one.packs]}


def _gifts(user: User) -> list[Row]:
    if not user.phone:
        return []
    chosen = select(PurchaseGift).where(PurchaseGift.phone == user.phone).order_by(PurchaseGift.purchase_id)
    found = db.session.scalars(chosen.options(joinedload(PurchaseGift.purchase)))
    return [
        _plain(at=one.purchase.placed_at, name=one.name, words=one.message, line=one.purchase.line) for one in found
    ]


def _gift(one: Purchase) -> Row | None:
    return _plain(name=one.gift.name, phone=one.gift.phone, words=one.gift.message) if one.gift else None


def _invoice(purchase_id: int) -> Row | None:
    asked = invoices.of(purchase_id)
    if asked is None:
        return None
    return _plain(company=asked.company, tax_code=asked.tax_code, address=asked.address, email=asked.email)


def _said(order_ids: list[int]) -> dict[int, list[Row]]:
    return {
        key: [_plain(at=one.at, by=one.side, text=one.text) for one in messages]
        for key, messages in of_orders(order_ids).items()
    }


def _to_buyers(user: User) -> list[Row]:
    own = OrderMessage.author_id == user.id, OrderMessage.side == Side.SELLER
    chosen = select(OrderMessage).where(*own).options(joinedload(OrderMessage.order)).order_by(OrderMessage.id)
    return [_plain(order=one.order.code, at=one.at, text=one.text) for one in db.session.scalars(chosen)]


def _of(table: Any, user: User) -> list[Any]:
    """Return the rows of a table that belong to the person, oldest first."""
    return list(db.session.scalars(select(table).where(table.user_id == user.id).order_by(table.id)))


def _plain(**values: Any) -> Row:
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
