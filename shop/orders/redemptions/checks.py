"""What `flask verify` proves about vouchers: uses are redemptions, discounts are shares, both end with the order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from sqlalchemy import and_, case, func, or_, select

from shop.core.db import db
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order
from shop.orders.redemptions.lifecycle import RedemptionState, ShareState
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.vouchers.models import Voucher, VoucherPerson

TAKEN = RedemptionState.TAKEN


def uses_are_redemptions() -> Iterator[str]:
    """A voucher was used as often as purchases took it and did not give it back, by each person as well."""
    standing = and_(Redemption.voucher_id == Voucher.id, Redemption.state == TAKEN)
    rows = (
        select(Voucher.code, Voucher.uses, func.count(Redemption.id))
        .outerjoin(Redemption, standing)
        .group_by(Voucher.id, Voucher.code, Voucher.uses)
        .having(Voucher.uses != func.count(Redemption.id))
    )
    for code, uses, made in db.session.execute(rows):
        yield f"voucher {code}: {uses} uses counted, {made} redemptions stand"
    found: Counter[tuple[int, str]] = Counter()
    for voucher, people in db.session.execute(
        select(Redemption.voucher_id, Redemption.people).where(Redemption.state == TAKEN)
    ):
        found.update((voucher, person) for person in people)
    kept = Counter(
        {(row.voucher_id, row.person): row.uses for row in db.session.scalars(select(VoucherPerson)) if row.uses}
    )
    for voucher, person in sorted((found - kept) + (kept - found)):
        yield f"voucher {voucher}: {kept[voucher, person]} uses of {person[:8]} counted, {found[voucher, person]} stand"


def discounts_are_shares() -> Iterator[str]:
    """What was taken off an order is what its vouchers took off; a redemption is the sum of its shares."""
    total = func.coalesce(func.sum(RedemptionShare.amount), 0)
    orders = (
        select(Order.code, Order.discount, total)
        .outerjoin(RedemptionShare, RedemptionShare.order_id == Order.id)
        .group_by(Order.id, Order.code, Order.discount)
        .having(Order.discount != total)
    )
    for code, kept, made in db.session.execute(orders):
        yield f"order {code}: {kept} đồng taken off, its vouchers make {made}"
    uses = (
        select(Redemption.id, Redemption.amount, total)
        .outerjoin(RedemptionShare, RedemptionShare.redemption_id == Redemption.id)
        .group_by(Redemption.id, Redemption.amount)
        .having(Redemption.amount != total)
    )
    for key, kept, made in db.session.execute(uses):
        yield f"redemption {key}: {kept} đồng, its shares make {made}"


def shares_end_with_the_order() -> Iterator[str]:
    """A cancelled order gave its share back, a refused one forfeited it; a use is given back when all shares are."""
    wanted = case(
        (Order.state == OrderState.CANCELLED, ShareState.GIVEN_BACK.value),
        (Order.state == OrderState.REFUSED, ShareState.FORFEITED.value),
        else_=ShareState.TAKEN.value,
    )
    rows = select(Order.code, Order.state, RedemptionShare.state).join(RedemptionShare.order)
    for code, state, share in db.session.execute(rows.where(RedemptionShare.state != wanted)):
        yield f"order {code}: is {state.value}, its share of a voucher is {share.value}"
    back = func.sum(case((RedemptionShare.state == ShareState.GIVEN_BACK, 0), else_=1)) == 0
    given = Redemption.state == RedemptionState.GIVEN_BACK
    wrong = (
        select(Redemption.id)
        .join(Redemption.shares)
        .group_by(Redemption.id, Redemption.state)
        .having(or_(and_(given, ~back), and_(~given, back)))
    )
    for key in db.session.scalars(wrong):
        yield f"redemption {key}: its state is not that of its shares"


CHECKS: list[Callable[[], Iterable[str]]] = [uses_are_redemptions, discounts_are_shares, shares_end_with_the_order]
