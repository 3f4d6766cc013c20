"""One thing of the staff's own work for each address that names one."""

from typing import Any

from shop.accounts.absences import services as absences
from shop.core.days import today
from shop.core.db import writing
from tests.architecture.things import Address
from tests.cast import Cast


def absence(cast: Cast, _storage: Any) -> Address:
    """The officer is away; the one from elsewhere only reads it, and the first who may ends it."""
    with writing():
        return {"code": absences.enter(cast.officer, cast.officer_elsewhere, today(), today(), cast.admin).code}


def small_change(_cast: Cast, _storage: Any) -> Address:
    """A kind of change: whatever officer asks sees what he may."""
    return {"kind": "season"}
