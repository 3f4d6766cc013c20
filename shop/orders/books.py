"""What the steps of an order mean in the ledger: a sale, what buyer and province owe for it, changed or taken back."""

from shop.ledger.models import Kind
from shop.ledger.queries import booked
from shop.ledger.services import Source, book
from shop.orders.models import Order, OrderEvent
from shop.orders.redemptions.queries import province_part

KINDS = {
    "place": Kind.PLACED,
    "cancel": Kind.ENDED,
    "refuse": Kind.ENDED,
    "resume": Kind.RESUMED,
}
LESS_SOLD = (Kind.SALE_REDUCED, Kind.DISPUTE_LOST, Kind.LESS)
VOUCHERS = {  # what the province pays in the buyer's place
    "place": Kind.VOUCHER_OWED,
    "cancel": Kind.VOUCHER_ENDED,
    "refuse": Kind.VOUCHER_ENDED,
    "resume": Kind.VOUCHER_OWED,
}


def keep(order: Order, event: OrderEvent) -> None:
    """Book a step of an order that changes what its buyer owes; `event` is flushed. Other steps move no money.

    What ends takes back what is still sold of it: of what was taken off before, nothing.
    """
    kind = KINDS.get(event.action)
    if kind is None:
        return
    source = Source(event.id, order.code, order.cooperative_id)
    amount = order.total
    if kind is Kind.ENDED:
        amount -= booked(LESS_SOLD, order.code) - (booked([Kind.MORE], order.code) if order.adjusted else 0)
    if amount:
        book(kind, source, amount)
    owed = province_part(order.id) if order.discount else 0
    if owed:
        book(VOUCHERS[event.action], source, owed)


def changed(order: Order, change_id: int, delta: int) -> None:
    """Book a settled change (a row of order_changes) that adds `delta` đồng to what the buyer is to pay.

    Above zero only where goods weigh more than estimated, and are paid in cash (a CHECK of that row).
    Of what was paid before, the refund books that so much less was sold.
    """
    if delta:
        source = Source(change_id, order.code, order.cooperative_id)
        book(Kind.LESS if delta < 0 else Kind.MORE, source, abs(delta))
