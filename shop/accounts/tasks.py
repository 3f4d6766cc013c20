"""Sweeps that forget what need not be kept."""

from sqlalchemy import delete

from shop.accounts import throttle
from shop.accounts.devices.services import forget_old as forget_old_devices
from shop.accounts.models import OneTimeCode
from shop.core import clock
from shop.core.db import changed, writing


def forget_codes() -> int:
    """Delete one-time codes a week after they ended, counts of old windows, browsers not seen for long."""
    with writing():
        gone = changed(delete(OneTimeCode).where(OneTimeCode.expires_at < clock.after(days=-7)))
        return gone + throttle.forget_old() + forget_old_devices()


SWEEPS = [forget_codes]
