"""Erasing a person: what goes, what the law keeps, and what stands in the way."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Select, case, delete, exists, func, select, update

from cooperatives.joining.models import Beginning
from cooperatives.lessons.models import FinishedLesson
from cooperatives.lifecycle import CooperativeState
from cooperatives.models import Cooperative, Invitation, MemberRole, Membership
from cooperatives.papers.models import Paper
from cooperatives.voices.models import VoiceNote
from products.models import RevisionVoice
from products.questions.models import TalkRead
from products.waiting import services as waiting
from shop.accounts.devices.models import KnownDevice
from shop.accounts.factor.models import RecoveryCode, SecondFactor
from shop.accounts.models import LoginName, OneTimeCode, User, UserSession
from shop.accounts.queries import staff_roles
from shop.audit.models import AuditEntry, AuditPersonal
from shop.audit.services import record
from shop.cart.models import Cart, CartLine
from shop.core import clock
from shop.core.db import changed, db
from shop.core.i18n import lazy_gettext as _l
from shop.core.outbox import OutgoingMail, OutgoingSms, OutgoingZalo
from shop.notices.models import Notice, NoticeDigest
from shop.notices.preferences.models import NoticePreference
from shop.notices.push.models import PushSubscription
from shop.orders.invoices.models import PurchaseInvoice
from shop.orders.lifecycle import OrderState
from shop.orders.limits.models import CashLift
from shop.orders.models import Order, Purchase, PurchaseGift
from shop.orders.parcels import services as parcels
from shop.orders.talks.models import OrderMessage, OrderTalk
from shop.privacy.models import PurposeConsent
from shop.privacy.rated import take_all_back, unname

NOBODY = "—"  # what stands for a name that was erased
ENDED = (OrderState.DELIVERED, OrderState.REFUSED, OrderState.CANCELLED)


class Obstacle(NamedTuple):
    """A thing to settle first: what and how; the words, endpoint and parameters of the link that leads there."""

    sentence: Any
    words: Any = ""
    endpoint: str = ""
    params: Mapping[str, str] = {}


def obstacles(user: User) -> Iterator[Obstacle]:
    """Yield each thing the person has to settle first, with the way to it."""
    if set(staff_roles(user.id)):
        yield Obstacle(_l("You have a role in the market. Ask an admin to end it first."))
    yield from _alone(user)
    on_the_way = select(Order.id).join(Purchase).where(Purchase.buyer_id == user.id, Order.state.not_in(ENDED))
    if db.session.scalar(on_the_way.limit(1)):
        yield Obstacle(_l("You have orders on their way. Ask again when they are closed."))


def _alone(user: User) -> Iterator[Obstacle]:
    """Yield the shops for which nobody else answers: to hand over where there is somebody, else to close."""
    mine = select(Membership.cooperative_id).where(
        Membership.user_id == user.id, Membership.left_at.is_(None), Membership.role == MemberRole.MANAGER
    )
    others = exists().where(
        Membership.cooperative_id == Cooperative.id,
        Membership.user_id != user.id,
        Membership.left_at.is_(None),
        Membership.role == MemberRole.MANAGER,
    )
    people = exists().where(
        Membership.cooperative_id == Cooperative.id, Membership.user_id != user.id, Membership.left_at.is_(None)
    )
    going = (Cooperative.id.in_(mine), Cooperative.state != CooperativeState.CLOSED, ~others)
    rows = select(Cooperative.code, Cooperative.name, people.label("people")).where(*going).order_by(Cooperative.name)
    for code, name, has_people in db.session.execute(rows):
        if has_people:
            words = _l("You alone answer for %(name)s. Make another member a manager first.", name=name)
            yield Obstacle(words, _l("Choose who answers"), "cooperatives.members", {"code": code})
        else:
            words = _l("Nobody but you belongs to %(name)s. Close the shop first.", name=name)
            yield Obstacle(words, _l("Close the shop"), "desk_closing.closing", {"code": code})


def erase(user: User) -> None:
    """Take the person out of everything that need not stay; called inside writing().

    Orders stay for the books with goods and sums, without name, phone and address. The audit keeps who did what by
    number; personal values before and after a change go from its side table, whose digest stays in the chain.
    """
    addresses = [address for address in (user.phone, user.email) if address]
    record("erased", user, None, kept=["orders without name and address", "audit without personal values"])
    take_all_back(user)
    waiting.forget(user)
    reduce_purchases(Purchase.buyer_id == user.id)
    if user.phone:
        forget_gifts_to(user.phone)
    _sign_in_data(user, addresses)
    _messages(user, addresses)
    _work(user)
    _closed_shops(user)
    entries = select(AuditEntry.id).where(
        AuditEntry.subject_kind == User.__tablename__, AuditEntry.subject_id == user.id
    )
    db.session.execute(delete(AuditPersonal).where(AuditPersonal.entry_id.in_(entries)))
    standing = (PurposeConsent.user_id == user.id, PurposeConsent.withdrawn_at.is_(None))
    db.session.execute(
        update(PurposeConsent).where(*standing).values(withdrawn_at=clock.now(), withdrawn_how="erasure")
    )
    user.name, user.phone, user.email, user.password_hash, user.disabled_at = NOBODY, None, None, None, clock.now()


def _closed_shops(user: User) -> None:
    """Take the person out of the shops that they closed and to which nobody belongs any more.

    Its name, its goods and its orders stay, as trade law asks (E-commerce Law 122/2025/QH15, Decree 248/2026: orders
    for three years, goods for one); contact and story go, and the photos of papers with the next sweep but a month.
    """
    belong = Membership.cooperative_id == Cooperative.id
    mine = exists().where(belong, Membership.user_id == user.id)
    left = exists().where(belong, Membership.left_at.is_(None))
    rows = select(Cooperative.id).where(Cooperative.state == CooperativeState.CLOSED, mine, ~left)
    keys = list(db.session.scalars(rows))
    nobody = {"contact_name": NOBODY, "contact_phone": "", "story": "", "story_en": "", "story_hi": ""}
    db.session.execute(update(Cooperative).where(Cooperative.id.in_(keys)).values(**nobody, photo_digest=None))
    standing = (Paper.cooperative_id.in_(keys), Paper.removed_at.is_(None))
    db.session.execute(update(Paper).where(*standing).values(removed_at=clock.now()))


def reduce_purchases(*which: Any) -> None:
    """Take name, phone, address and messages out of purchases; goods, sums, province and commune stay for the books.

    Whom the invoice was for goes too: the invoice itself is the seller's, who made it out and keeps it.
    """
    found = select(Purchase.id).where(*which)
    unname(found)
    db.session.execute(delete(PurchaseInvoice).where(PurchaseInvoice.purchase_id.in_(found)))
    db.session.execute(delete(PurchaseGift).where(PurchaseGift.purchase_id.in_(found)))
    forget_talks(select(Order.id).where(Order.purchase_id.in_(found)))
    parcels.forget(select(Order.id).where(Order.purchase_id.in_(found)))
    values = {"name": NOBODY, "phone": "", "email": None, "line": "", "note": ""}
    db.session.execute(update(Purchase).where(*which).values(**values))


def forget_gifts_to(phone: str) -> None:
    """Take who received gifts out of those that have arrived: name, phone, address and the words on the card."""
    going_on = exists().where(Order.purchase_id == PurchaseGift.purchase_id, Order.state.not_in(ENDED))
    found = list(db.session.scalars(select(PurchaseGift.purchase_id).where(PurchaseGift.phone == phone, ~going_on)))
    db.session.execute(update(Purchase).where(Purchase.id.in_(found)).values(line="", note=""))
    db.session.execute(delete(PurchaseGift).where(PurchaseGift.purchase_id.in_(found)))
    parcels.forget(select(Order.id).where(Order.purchase_id.in_(found)))  # the label on it bears the name


def forget_talks(order_ids: Select[int]) -> int:
    """Delete what buyer and seller wrote to each other about orders; returns how many messages."""
    db.session.execute(delete(OrderTalk).where(OrderTalk.order_id.in_(order_ids)))
    return changed(delete(OrderMessage).where(OrderMessage.order_id.in_(order_ids)))


def _sign_in_data(user: User, addresses: list[str]) -> None:
    for table in (PushSubscription, LoginName, UserSession, KnownDevice, RecoveryCode, SecondFactor):
        db.session.execute(delete(table).where(table.user_id == user.id))
    db.session.execute(delete(OneTimeCode).where(OneTimeCode.address.in_(addresses) | (OneTimeCode.user_id == user.id)))
    db.session.expire(user, ["login_names"])


def _messages(user: User, addresses: list[str]) -> None:
    for table in (Notice, NoticeDigest, NoticePreference):
        db.session.execute(delete(table).where(table.user_id == user.id))
    for queue in (OutgoingMail, OutgoingSms, OutgoingZalo):
        db.session.execute(delete(queue).where(queue.recipient.in_(addresses)))
    db.session.execute(delete(CashLift).where(CashLift.phone.in_(addresses)))


def _work(user: User) -> None:
    """End what the person belongs to, empty the cart, and let go of own recordings: the next sweep deletes them."""
    for table in (Beginning, TalkRead):
        db.session.execute(delete(table).where(table.user_id == user.id))
    alone = (FinishedLesson.user_id == user.id, FinishedLesson.cooperative_id.is_(None))  # a seller's stay with it
    db.session.execute(delete(FinishedLesson).where(*alone))
    carts = select(Cart.id).where(Cart.user_id == user.id)
    db.session.execute(delete(CartLine).where(CartLine.cart_id.in_(carts)))
    db.session.execute(delete(Cart).where(Cart.user_id == user.id))
    voices = select(VoiceNote.id).where(VoiceNote.recorded_by_id == user.id)
    db.session.execute(delete(RevisionVoice).where(RevisionVoice.voice_id.in_(voices)))
    standing = (Membership.user_id == user.id, Membership.left_at.is_(None))
    db.session.execute(update(Membership).where(*standing).values(left_at=clock.now()))
    closed = case((Invitation.closed_at.is_(None), clock.now()), else_=Invitation.closed_at)
    if user.phone:
        others = select(func.count(User.id)).where(User.phone == user.phone, User.id != user.id)
        if not db.session.scalar(others):  # a household's phone may have been asked for somebody else
            own = Invitation.phone == user.phone
            db.session.execute(update(Invitation).where(own).values(phone="", closed_at=closed))
