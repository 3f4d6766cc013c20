"""Sales begin and end by the one guarded change of the price; `Sku.price` stays the only price anybody pays."""

from datetime import date

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from products import queries as products
from products.lifecycle import Shelf
from products.models import Sku
from products.sales import policies
from products.sales.lifecycle import SALE, SaleState
from products.sales.models import Sale
from products.stock import services as stock
from shop.accounts.models import User
from shop.audit import services as audit
from shop.core import clock
from shop.core.days import today
from shop.core.db import db
from shop.core.errors import Conflict, Invalid
from shop.core.formats import show_money
from shop.core.i18n import lazy_gettext as _l


def plan(sku: Sku, price: int, days: tuple[date, date], actor: User) -> Sale:
    """Plan a sale (đồng a pack; first and last local day, both within); one that starts today begins at once.

    Raises Invalid for a price that is not lower than the usual one and for days that make no sense, Conflict
    while another sale of the SKU is planned or running and for goods that were withdrawn.
    """
    product = sku.product
    products.lock(product)
    if product.shelf is Shelf.WITHDRAWN:
        raise Conflict(_l("These goods were withdrawn. Add them as new goods."))
    if price >= sku.usual:
        raise Invalid("price", _l("A sale costs less than the usual %(price)s.", price=show_money(sku.usual)))
    starts_on, ends_on = days
    if not policies.is_sensible(starts_on, ends_on, today()):
        most = policies.LONGEST_DAYS
        raise Invalid("ends_on", _l("Choose days from today on, at most %(most)s, the last not first.", most=most))
    sale = Sale(sku_id=sku.id, price=price, starts_on=starts_on, ends_on=ends_on, created_by_id=actor.id)
    try:
        with db.session.begin_nested():
            db.session.add(sale)
            db.session.flush()
    except IntegrityError as problem:
        raise Conflict(_l("A sale of this pack is open already. Cancel it first.")) from problem
    audit.record(
        "sale_planned",
        product,
        actor,
        sku=sku.code,
        price=price,
        starts_on=starts_on.isoformat(),
        ends_on=ends_on.isoformat(),
    )
    if starts_on <= today():
        follow(sale.id)
        db.session.refresh(sale)
    return sale


def cancel(sale: Sale, actor: User) -> None:
    """Call a sale off; a running one gives the usual price back at once. Raises Conflict when it is over."""
    products.lock(sale.sku.product)
    db.session.refresh(sale)
    running = sale.state is SaleState.RUNNING
    if not _move(sale, "cancel"):
        SALE.after(sale.state, "cancel")
    audit.record("sale_cancelled", sale.sku.product, actor, sku=sale.sku.code)
    if running:
        _give_back(sale, actor)


def follow(sale_id: int) -> bool:
    """Begin or end a sale whose day has come; returns whether anything was done.

    Each step is one guarded move of the state, so it happens once however many sweeps run, and late ones find
    the same row. What cannot begin any more (its days are over, the goods were withdrawn, the usual price fell
    to it or below) is cancelled.
    """
    sale = db.session.get(Sale, sale_id)
    if sale is None:
        return False
    products.lock(sale.sku.product)
    db.session.refresh(sale)
    db.session.refresh(sale.sku)
    if sale.state is SaleState.RUNNING and sale.ends_on < today():
        return _end(sale)
    if sale.state is not SaleState.PLANNED or sale.starts_on > today():
        return False
    return _begin(sale)


def _begin(sale: Sale) -> bool:
    sku, usual = sale.sku, sale.sku.price
    gone = sku.product.shelf is Shelf.WITHDRAWN or sku.retired_at is not None
    if gone or sale.ends_on < today() or sale.price >= usual:
        done = _move(sale, "cancel")
        if done:
            audit.record("sale_cancelled", sku.product, None, sku=sku.code)
        return done
    if not _move(sale, "begin"):
        return False
    stock.set_price(sku, sale.price, usual, None, "sale_began", sale_until=sale.ends_on)
    return True


def _end(sale: Sale) -> bool:
    if not _move(sale, "end"):
        return False
    _give_back(sale, None)
    return True


def _give_back(sale: Sale, actor: User | None) -> None:
    db.session.refresh(sale.sku)
    stock.set_price(sale.sku, sale.sku.usual, sale.price, actor, "sale_ended")


def _move(sale: Sale, action: str) -> bool:
    """Move the state by one guarded UPDATE; False when it does not stand where `action` starts from."""
    moment = {"began_at": clock.now()} if action == "begin" else {"ended_at": clock.now()}
    moved = db.session.scalars(
        update(Sale)
        .where(Sale.id == sale.id, Sale.state.in_(SALE.sources(action)))
        .values(state=SALE.moves[action][1], **moment)
        .returning(Sale.id)
        .execution_options(synchronize_session=False)
    ).one_or_none()
    db.session.refresh(sale)
    return moved is not None
