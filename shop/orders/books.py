"""What the steps of an order mean in the ledger: a sale and what its buyer owes, and both taken back."""

from shop.ledger.models import Kind
from shop.ledger.services import Source, book
from shop.orders.models import Order, OrderEvent

KINDS = {
    "place": Kind.PLACED,
    "cancel": Kind.ENDED,
    "refuse": Kind.ENDED,
    "resume": Kind.RESUMED,
}


def keep(order: Order, event: OrderEvent) -> None:
    """Book a step of an order that changes what its buyer owes; `event` is flushed. Other steps move no money."""
    if event.action in KINDS:
        book(KINDS[event.action], Source(event.id, order.code, order.cooperative_id), order.total)
