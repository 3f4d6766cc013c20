"""Vouchers for tests, made without the pages."""

from datetime import timedelta
from typing import Any

from shop.core import clock
from shop.core.db import db, writing
from shop.vouchers import services
from shop.vouchers.models import Voucher, VoucherKind
from shop.vouchers.services import Terms
from tests.cast import Cast


def terms(code: str = "TET2027", **changes: Any) -> Terms:
    """10,000 đồng off, this week, a hundred times."""
    now = clock.now()
    days = {"starts_at": now - timedelta(days=1), "ends_at": now + timedelta(days=7)}
    return Terms(**({"code": code, "kind": VoucherKind.AMOUNT, "value": 10_000, "uses_most": 100, **days} | changes))


def voucher(cast: Cast, code: str = "TET2027", seller: str | None = "cooperative", **changes: Any) -> str:
    """Make a voucher of a cooperative, or of the province (`seller=None`); returns its code."""
    reach = {name: changes.pop(name) for name in ("communes", "sellers") if name in changes}
    with writing():
        actor = cast.member if seller else cast.user("admin")
        return services.make(terms(code, **changes), actor, cast.cooperative(seller) if seller else None, **reach).code


def found(code: str = "TET2027") -> Voucher:
    """The voucher, afresh."""
    return db.session.query(Voucher).filter_by(code=code).populate_existing().one()
