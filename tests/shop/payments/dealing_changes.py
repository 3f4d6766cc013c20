"""Orders of a deal that change before packing: what is asked, answered, taken back, never answered."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from products.models import Product
from shop.orders.changes import services
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.changes.models import Change
from shop.orders.changes.queries import lines_now
from shop.orders.changes.substitutes import Instead, choices
from shop.orders.changes.weighing import to_weigh
from shop.orders.lifecycle import OrderState
from shop.orders.models import Order
from shop.payments.changing import services as changing

if TYPE_CHECKING:
    from tests.shop.payments.dealing import Deal

ANSWERS = (
    *(changing.agree, changing.agree, changing.without),
    *(changing.leave_out, changing.cancel, services.withdraw),
)


def scales(product: Product) -> None:
    """Let every other product be weighed when packed: about its 200 g, at most 10 percent more or less."""
    if product.approved is not None and product.id % 2:
        product.approved.weighed_within = 10


def steps(deal: "Deal") -> dict[Callable[[], None], int]:
    """The steps a deal can take now, with how likely each is."""
    mine = Order.purchase_id == deal.id
    prepared = deal.rows(Order, mine, Order.state == OrderState.ACCEPTED, Order.asking.is_(False))
    asked = deal.rows(Change, Change.state == ChangeState.PROPOSED)

    def fall_short() -> None:
        order = deal.rng.choice(prepared)
        there = {one.line.id: deal.rng.randint(0, one.packs) for one in lines_now([order])[order.id]}
        gone = deal.rng.random() < 0.3
        services.propose(order, there, "", deal.cast.member, gone=gone, instead=instead(order, there))

    def instead(order: Order, there: dict[int, int]) -> dict[int, Instead]:
        """Most times something is offered for a line that is short, now and then more than may be."""
        short = [one.line.id for one in lines_now([order])[order.id] if there[one.line.id] < one.packs]
        goods = choices(order, "vi") if deal.rng.random() < 0.7 else []
        if not short or not goods:
            return {}
        chosen = deal.rng.choice(goods)
        return {deal.rng.choice(short): Instead(chosen.sku_code, deal.rng.randint(1, chosen.free + 1))}

    def answer() -> None:
        deal.rng.choice(ANSWERS)(deal.rng.choice(asked), deal.cast.member)

    def stay_silent() -> None:
        changing.lapse(deal.rng.choice(asked).id)

    def weigh() -> None:
        order = deal.rng.choice(scaled)
        grams = {one.line.id: one.packs * deal.rng.randint(179, 221) for one in to_weigh(order)}
        changing.weigh_and_pack(order, grams, deal.cast.member)

    scaled = [order for order in prepared if order.to_weigh]
    found: dict[Callable[[], None], int] = {fall_short: 6} if prepared else {}
    found |= {weigh: 20} if scaled else {}
    return found | ({answer: 8, stay_silent: 2} if asked else {})


def goes_on(deal: "Deal") -> dict[int, int]:
    """What each seller sold of the orders that go on, with what changes add to those that were not paid before."""
    sold = {
        order.cooperative_id: order.total
        for order in deal.purchase.orders
        if order.state not in {OrderState.CANCELLED, OrderState.REFUSED}
    }
    for change in deal.rows(Change, Change.paid.is_(False)):
        if change.order.cooperative_id in sold:
            sold[change.order.cooperative_id] += change.delta
    return sold
