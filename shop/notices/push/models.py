"""Which browsers may be told by push."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from shop.core import clock
from shop.core.db import BigKey, Model


class PushSubscription(Model):
    """One browser of a signed-in person; it goes with the session, or when its push service forgets it."""

    __tablename__ = "push_subscriptions"

    id: Mapped[BigKey]
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("user_sessions.id"), index=True)
    endpoint: Mapped[str] = mapped_column(unique=True)  # the address at the browser's push service
    p256dh: Mapped[str]  # the browser's public key, base64url
    auth: Mapped[str]  # its secret, base64url
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
