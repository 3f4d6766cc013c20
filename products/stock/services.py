"""Price and stock change here only: one guarded statement each, and one kept row."""

from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from products.models import Product, Sku
from products.sales.lifecycle import SALE
from products.sales.models import Sale
from products.stock.guarded import change, lock, moved
from products.stock.models import HoldState, PriceChange, Reason, StockHold, StockMovement
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.db import db
from shop.core.errors import Conflict
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l

SALE_REASONS = frozenset({"sale_began", "sale_ended"})


class SoldOut(Conflict):
    """Fewer packs are free than were asked for; `sku_ids` are the ones that fell short."""

    def __init__(self, sku_ids: list[int]) -> None:
        super().__init__(_l("There is not enough left of some goods. Nothing was ordered."))
        self.sku_ids = sku_ids


def hold(quantities: dict[int, int], reference: str, expires_at: datetime | None = None) -> None:
    """Promise packs ({SKU id: whole packs above 0}) to the order `reference`, all of them or none.

    One guarded UPDATE a SKU, in the order of their ids, so that two carts never wait for each other.
    Tries every SKU, then raises SoldOut naming all that fell short; Conflict when this order holds already.
    """
    if not quantities or any(packs <= 0 for packs in quantities.values()):
        raise ValueError("a hold is of at least one pack of each SKU")
    with db.session.begin_nested():
        short = [sku_id for sku_id, packs in sorted(quantities.items()) if not _promise(sku_id, packs)]
        if short:
            raise SoldOut(short)
        db.session.add_all(
            StockHold(sku_id=sku_id, reference=reference, quantity=packs, expires_at=expires_at)
            for sku_id, packs in sorted(quantities.items())
        )
        try:
            db.session.flush()
        except IntegrityError as problem:
            raise Conflict(_l("These goods are already kept for this order.")) from problem


def _promise(sku_id: int, packs: int) -> bool:
    return change(sku_id, Sku.held + packs <= Sku.on_hand, Sku.retired_at.is_(None), held=Sku.held + packs)


def keep_until(reference: str, moment: datetime | None) -> None:
    """Hold what is held for an order until another moment; None: until the order itself ends it."""
    held = StockHold.reference == reference, StockHold.state == HoldState.HELD
    db.session.execute(update(StockHold).where(*held).values(expires_at=moment))


def end_hold(reference: str, how: HoldState, actor: User | None) -> bool:
    """End what is held for an order, exactly once: SOLD takes the packs off the shelf, FREED gives them back.

    Returns False when nothing was held any more. `actor` is None for the system itself.
    """
    if how is HoldState.HELD:
        raise ValueError("a hold ends as sold or freed")
    ended = db.session.execute(
        update(StockHold)
        .where(StockHold.reference == reference, StockHold.state == HoldState.HELD)
        .values(state=how, ended_at=clock.now())
        .returning(StockHold.sku_id, StockHold.quantity),
        execution_options={"synchronize_session": "fetch"},
    ).all()
    for sku_id, packs in sorted((row.sku_id, row.quantity) for row in ended):
        sold = packs if how is HoldState.SOLD else 0
        change(sku_id, held=Sku.held - packs, on_hand=Sku.on_hand - sold)
        if sold:
            moved(sku_id, -sold, Reason.SOLD, actor, reference)
    return bool(ended)


def hold_again(reference: str) -> bool:
    """Promise once more, until the order itself ends it, what was freed of an order; all of it or nothing.

    Returns False where something of it is short by now, or where nothing of it was freed.
    """
    freed = StockHold.reference == reference, StockHold.state == HoldState.FREED
    with db.session.begin_nested() as point:
        rows = db.session.execute(
            update(StockHold)
            .where(*freed)
            .values(state=HoldState.HELD, ended_at=None, expires_at=None)
            .returning(StockHold.sku_id, StockHold.quantity),
            execution_options={"synchronize_session": "fetch"},
        ).all()
        if not rows or not all(_promise(sku_id, packs) for sku_id, packs in sorted(map(tuple, rows))):
            point.rollback()
            return False
    return True


def take_back(reference: str, actor: User | None) -> bool:
    """Put the packs of an order that was refused at the door back on the shelf, exactly once.

    Returns False when they had come back already, or were never handed over.
    """
    sold = db.session.execute(
        select(StockHold.sku_id, StockHold.quantity)
        .where(StockHold.reference == reference, StockHold.state == HoldState.SOLD)
        .order_by(StockHold.sku_id)
        .with_for_update()  # a second call waits here and then sees the movements of the first
    ).all()
    came_back = select(StockMovement.id).where(
        StockMovement.reference == reference, StockMovement.reason == Reason.CAME_BACK
    )
    if not sold or db.session.scalar(came_back.limit(1)):
        return False
    for sku_id, packs in sold:
        change(sku_id, on_hand=Sku.on_hand + packs)
        moved(sku_id, packs, Reason.CAME_BACK, actor, reference)
    return True


def count(sku: Sku, on_hand: int, expected: int, actor: User) -> None:
    """Set the packs on hand to what the cooperative counted, if they still are `expected`.

    Raises Conflict when an order came between, or when more packs are promised than were counted.
    """
    product = lock(sku)
    if not change(sku.id, Sku.on_hand == expected, Sku.held <= on_hand, on_hand=on_hand):
        if sku.on_hand != expected:
            raise Conflict(_l("The number changed meanwhile: there are now %(number)s.", number=sku.on_hand))
        raise Conflict(_l("%(number)s packs are promised to orders. Cancel an order first.", number=sku.held))
    if on_hand != expected:
        moved(sku.id, on_hand - expected, Reason.COUNTED, actor)
        audit.record("stock_counted", product, actor, sku=sku.code, before=expected, after=on_hand)


def leave_none(sku: Sku, expected: int, actor: User) -> None:
    """Leave no pack free to sell: on hand becomes what is promised, if it still is `expected`.

    What a buyer orders at the same moment is kept: the statement reads the promises when it runs, so it never
    takes a promised pack away and never leaves a free one. Raises Conflict when the count changed meanwhile.
    """
    product = lock(sku)
    if not change(sku.id, Sku.on_hand == expected, on_hand=Sku.held):
        raise Conflict(_l("The number changed meanwhile: there are now %(number)s.", number=sku.on_hand))
    if sku.on_hand != expected:
        moved(sku.id, sku.on_hand - expected, Reason.COUNTED, actor)
        audit.record("stock_counted", product, actor, sku=sku.code, before=expected, after=sku.on_hand)


def set_low_line(sku: Sku, packs: int, actor: User) -> None:
    """Call a SKU low from so many free packs on (0: only when nothing is left)."""
    product, before = lock(sku), sku.low_at
    if packs != before:
        sku.low_at = packs
        audit.record("low_line_set", product, actor, sku=sku.code, before=before, after=packs)


def set_price(
    sku: Sku, new_price: int, expected: int, actor: User | None, reason: str, *, sale_until: date | None = None
) -> None:
    """Set the price (đồng a pack, above 0) if it still is `expected`; raises Conflict with the present price.

    `reason` is kept with the change: "approved", "changed", "sale_began" (`sale_until` is its last day, and
    `expected` the usual price it returns to) or "sale_ended". A price set by hand ends a running sale and stays.
    """
    product, sale = lock(sku), {}
    if sale_until is not None or new_price != expected:
        sale = {"usual_price": expected if sale_until else None, "sale_until": sale_until}
    if not change(sku.id, Sku.price == expected, price=new_price, **sale):
        raise Conflict(_l("The price changed meanwhile: it is now %(price)s.", price=show_money(sku.price)))
    if new_price != expected:
        db.session.add(
            PriceChange(
                sku_id=sku.id,
                old_price=expected,
                new_price=new_price,
                reason=reason,
                actor_id=actor.id if actor else None,
            )
        )
        audit.record("price_changed", product, actor, sku=sku.code, before=expected, after=new_price, reason=reason)
        if reason not in SALE_REASONS:
            _end_sale(sku.id)


def set_usual_price(sku: Sku, new_price: int, expected: int, actor: User | None, reason: str) -> None:
    """Set the price outside of sales if it still is `expected`; a running sale goes on while it stays lower.

    Raises Conflict with the present price when the usual price moved meanwhile.
    """
    product = lock(sku)
    if change(sku.id, Sku.usual_price == expected, Sku.price < new_price, usual_price=new_price):
        audit.record("usual_price_changed", product, actor, sku=sku.code, before=expected, after=new_price)
    elif sku.usual_price == expected:
        set_price(sku, new_price, sku.price, actor, reason)
    elif sku.usual_price is not None:
        raise Conflict(_l("The price changed meanwhile: it is now %(price)s.", price=show_money(sku.usual)))
    else:
        set_price(sku, new_price, expected, actor, reason)


def _end_sale(sku_id: int) -> None:
    """Close the sale whose price was overwritten, in the same transaction."""
    running = Sale.sku_id == sku_id, Sale.state.in_(SALE.sources("end"))
    over = update(Sale).where(*running).values(state=SALE.moves["end"][1], ended_at=clock.now())
    db.session.execute(over, execution_options={"synchronize_session": False})


def open_sku(product: Product, *, pack: tuple[int, str], price: int, on_hand: int, actor: User) -> Sku:
    """Begin to sell one more pack of a product: (base units, unit code), đồng a pack, packs counted so far."""
    number = len(product.skus) + 1
    sku = Sku(
        code=f"{product.code}-{number}",
        product=product,
        position=number - 1,
        pack_amount=pack[0],
        pack_word=pack[1],
        price=price,
        on_hand=on_hand,
    )
    db.session.add(sku)
    db.session.flush()
    if on_hand:
        moved(sku.id, on_hand, Reason.COUNTED, actor)
    audit.record("sku_opened", product, actor, sku=sku.code, price=price, on_hand=on_hand)
    return sku
