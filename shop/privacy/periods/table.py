"""How long what is kept: one row a kind of data. Where another room's sweep does it, `forget` is None."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, exists, func, select

from cooperatives.photos.clearing import KEPT as PHOTOS_KEPT
from products.waiting.services import KEPT as WAITS_KEPT
from shop.accounts.devices.queries import KEPT_DAYS as DEVICE_DAYS
from shop.accounts.models import UserSession
from shop.audit.models import AuditEntry, AuditPersonal
from shop.cart.services import LIFE_DAYS
from shop.core.db import changed, db
from shop.core.i18n import lazy_gettext as _l
from shop.core.outbox import OutgoingMail, OutgoingSms, OutgoingZalo
from shop.notices.models import Notice
from shop.notices.push.models import PushSubscription
from shop.orders.confirming.policies import LATELY
from shop.orders.limits.models import CashLift
from shop.orders.models import Order, Purchase
from shop.orders.parcels import services as parcels
from shop.orders.parcels.models import ParcelPhoto
from shop.orders.talks.models import OrderMessage
from shop.privacy.erasing import ENDED, NOBODY, forget_talks, reduce_purchases

THREE_YEARS = 1096


class Period(NamedTuple):
    """A kind of data, how many days it is kept, and how it goes: `forget` takes the moment before which it is old."""

    name: str
    words: Any
    days: int
    forget: Callable[[datetime], int] | None = None


def sessions(before: datetime) -> int:
    """Delete sessions that ended or ran out before then."""
    old = (UserSession.ended_at < before) | (UserSession.expires_at < before)
    theirs = PushSubscription.session_id.in_(select(UserSession.id).where(old))
    db.session.execute(delete(PushSubscription).where(theirs))
    return changed(delete(UserSession).where(old))


def notices(before: datetime) -> int:
    """Delete what people were told before then."""
    return changed(delete(Notice).where(Notice.created_at < before))


def messages(before: datetime) -> int:
    """Delete mails and texts that went out, or were given up, before then."""
    return sum(
        changed(delete(queue).where((queue.sent_at < before) | (queue.failed_at < before)))
        for queue in (OutgoingMail, OutgoingSms, OutgoingZalo)
    )


def cash_lifts(before: datetime) -> int:
    """Delete which numbers were offered cash again before then: the refusals themselves no longer count."""
    return changed(delete(CashLift).where(CashLift.at < before))


def addresses(before: datetime) -> int:
    """Take name, phone and address out of purchases placed before then whose orders have all ended."""
    going_on = exists().where(Order.purchase_id == Purchase.id, Order.state.not_in(ENDED))
    old = (Purchase.placed_at < before, Purchase.name != NOBODY, ~going_on)
    found = list(db.session.scalars(select(Purchase.id).where(*old).limit(500)))
    if found:
        reduce_purchases(Purchase.id.in_(found))
    return len(found)


def talks(before: datetime) -> int:
    """Delete the messages of orders about which nobody wrote since then."""
    old = select(OrderMessage.order_id).group_by(OrderMessage.order_id).having(func.max(OrderMessage.at) < before)
    found = list(db.session.scalars(old.limit(500)))
    return forget_talks(select(Order.id).where(Order.id.in_(found))) if found else 0


def parcel_photos(before: datetime) -> int:
    """Let go of photos of parcels that were added before then; the next sweep deletes their files."""
    return parcels.forget(select(ParcelPhoto.order_id).where(ParcelPhoto.added_at < before))


def personal_values(before: datetime) -> int:
    """Delete the personal values beside audit rows older than that; the rows and their chain stay."""
    old = select(AuditEntry.id).where(AuditEntry.at < before)
    return changed(delete(AuditPersonal).where(AuditPersonal.entry_id.in_(old)))


PERIODS: tuple[Period, ...] = (
    Period("codes", _l("Codes and links for signing in, after they ended"), 7),
    Period("tries", _l("Counts of tries at passwords and codes"), 2),
    Period("carts", _l("Carts that nobody touched"), LIFE_DAYS),
    Period("waits", _l("Who wants to be told when goods are in again"), WAITS_KEPT.days),
    Period("exports", _l("The file with your own data"), 7),
    Period("photos", _l("Photos and recordings that nothing uses"), PHOTOS_KEPT.days),
    Period("messages", _l("Mails and text messages that were sent"), 30, messages),
    Period("sessions", _l("Where you were signed in, after it ended"), 90, sessions),
    Period("notices", _l("Notices inside the market"), 365, notices),
    Period("devices", _l("Browsers in which you signed in, since the last time"), DEVICE_DAYS),
    Period("cash_lifts", _l("Phone numbers to which cash is offered again"), LATELY.days, cash_lifts),
    Period("talks", _l("Messages between buyer and seller about an order"), 365, talks),
    Period("parcel_photos", _l("Photos of parcels as they were handed over"), 365, parcel_photos),
    Period("addresses", _l("Name, telephone and address of an order"), THREE_YEARS, addresses),
    Period("personal", _l("Old and new values of a change to your account"), THREE_YEARS, personal_values),
)
