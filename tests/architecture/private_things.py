"""Things of one person alone, and of the admin's register, for the addresses of the privacy room."""

from typing import Any

from shop.core.db import writing
from shop.privacy import services as privacy
from shop.privacy.breaches import services as breaches
from shop.privacy.tasks import make_exports
from tests.architecture.things import Address
from tests.cast import Cast


def export(cast: Cast, _storage: Any) -> Address:
    """The buyer's file with everything kept about her."""
    with writing():
        code = privacy.ask_export(cast.buyer).code
    make_exports()
    return {"code": code}


def breach(cast: Cast, _storage: Any) -> Address:
    with writing():
        return {"code": breaches.note("Mất điện thoại", "12 người mua", "Đã khoá", cast.admin).code}
