"""Cash of the demo on its way: one sum that was seen in an account, one only noted, the rest with carriers."""

from itertools import groupby

from sqlalchemy import select

from cooperatives.models import MemberRole
from cooperatives.queries import members
from shop.core.db import db
from shop.payments.takings import services
from shop.payments.takings.models import CashTaking, TakingState

KEPT = 8_000  # đồng of one sum that the carrier keeps
SEEN, NOTED = 2, 1  # orders of a sum


def pay_in() -> int:
    """Let the carrier who has most of one seller's orders pay some in, inside writing(); returns the number of sums."""
    held = select(CashTaking).where(CashTaking.state == TakingState.COLLECTED)
    rows = db.session.scalars(held.order_by(CashTaking.cooperative_id, CashTaking.carrier, CashTaking.payment_id))
    runs = [list(run) for _key, run in groupby(rows, key=lambda one: (one.cooperative_id, one.carrier))]
    most = max(runs, key=len, default=[])
    if len(most) <= SEEN + NOTED:
        return 0
    of_seller = members(most[0].payment.parts[0].order.cooperative)
    manager = next(one.user for one in of_seller if one.role is MemberRole.MANAGER)
    first, then = _codes(most[:SEEN]), _codes(most[SEEN : SEEN + NOTED])
    due = sum(one.amount for one in most[:SEEN])
    services.see(services.pay_in(first, due - KEPT, "VTP-0001", "Phí thu hộ", manager), manager)
    services.pay_in(then, sum(one.amount for one in most[SEEN : SEEN + NOTED]), "VTP-0002", "", manager)
    return 2


def _codes(takings: list[CashTaking]) -> list[str]:
    return [one.payment.parts[0].order.code for one in takings]
