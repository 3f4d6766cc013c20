"""The one pair of keys with which the market speaks at Zalo."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from shop.core.db import BigKey, Model

ONLY = 1  # the id of the only row


class ZaloKey(Model):
    """What Zalo gave last: each renewal gives both anew, and the old refresh token counts no more."""

    __tablename__ = "zalo_keys"
    __table_args__ = (
        CheckConstraint(f"id = {ONLY}", name="only_one"),
        CheckConstraint("turn >= 0", name="turn_counts"),
    )

    id: Mapped[BigKey]
    begun_with: Mapped[str]  # digest of the ZALO_REFRESH_TOKEN it began with: another one in the settings begins anew
    sealed_refresh: Mapped[str]
    sealed_access: Mapped[str | None]
    expires_at: Mapped[datetime | None]  # of the access token, as Zalo said
    turn: Mapped[int] = mapped_column(default=0)  # how often it was renewed; whoever writes names the one it saw
    claimed_until: Mapped[datetime | None]  # one worker renews; the others wait for what it brings
    tries: Mapped[int] = mapped_column(default=0)  # without an answer, since the last renewal
    refused_at: Mapped[datetime | None]  # Zalo takes this refresh token no more
    told_at: Mapped[datetime | None]  # when admins were told that it cannot be renewed
    problem: Mapped[str | None]
