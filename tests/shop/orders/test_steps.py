"""Every (state, action) pair of an order, and what each step leaves behind."""

import pytest
from sqlalchemy import select

from products.stock.models import HoldState, Reason, StockMovement
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.notices.models import Notice
from shop.orders import services, tasks
from shop.orders.lifecycle import LIFECYCLE, OrderState
from shop.orders.models import Method, Order, OrderEvent, Purchase, Shipment
from tests.shop.orders.buying import act, at, cart_with, holds, ordered, place, violations

# An order is taken up again by late money alone: tests/shop/payments/test_transfers.py.
PAIRS = [(state, action) for state in OrderState for action in LIFECYCLE.moves if action != "resume"]


def order(key):
    return db.session.get_one(Order, key)


def notices(kind):
    return db.session.scalars(select(Notice).where(Notice.kind == kind)).all()


@pytest.mark.parametrize(("state", "action"), PAIRS)
def test_every_move(cast, state, action):
    """What the table allows happens with all its traces; what it does not allow changes nothing."""
    key = ordered(cast, tea=2).orders[0].id
    at(key, state)
    before = [event.action for event in order(key).events]
    free = (cast.sku().on_hand, cast.sku().held)
    if LIFECYCLE.allows(state, action):
        act(key, action)
        assert order(key).state == LIFECYCLE.moves[action][1]
        assert [event.action for event in order(key).events] == [*before, action]
    else:
        with pytest.raises(Conflict):
            act(key, action)
        assert order(key).state == state
        assert [event.action for event in order(key).events] == before
        assert (cast.sku().on_hand, cast.sku().held) == free
    assert violations() == []


@pytest.mark.parametrize(
    ("state", "on_hand", "held", "hold"),
    [
        ("placed", 10, 2, HoldState.HELD),
        ("packed", 10, 2, HoldState.HELD),
        ("handed_over", 8, 0, HoldState.SOLD),
        ("delivered", 8, 0, HoldState.SOLD),
        ("refused", 10, 0, HoldState.SOLD),
        ("cancelled", 10, 0, HoldState.FREED),
    ],
)
def test_where_the_packs_are(cast, state, on_hand, held, hold):
    key = ordered(cast, tea=2).orders[0].id
    at(key, state)
    assert (cast.sku().on_hand, cast.sku().held) == (on_hand, held)
    assert [one.state for one in holds(order(key).code)] == [hold]


@pytest.mark.parametrize(("state", "action"), [("handed_over", "refuse"), ("placed", "cancel"), ("accepted", "cancel")])
def test_stock_comes_back_exactly_once(cast, state, action):
    key = ordered(cast, tea=2).orders[0].id
    at(key, state)
    act(key, action)
    for _ in range(3):
        with pytest.raises(Conflict):
            act(key, action)
    assert (cast.sku().on_hand, cast.sku().held) == (10, 0)
    back = db.session.scalars(select(StockMovement).where(StockMovement.reason == Reason.CAME_BACK)).all()
    assert [one.delta for one in back] == ([2] if action == "refuse" else [])
    assert violations() == []


def test_one_order_of_two_is_cancelled_alone(cast):
    purchase = ordered(cast, tea=2, honey=1)
    tea, honey = (one.id for one in purchase.orders)
    act(tea, "cancel", "cooperative", "Mưa đá, mất vụ")
    assert (order(tea).state, order(honey).state) == (OrderState.CANCELLED, OrderState.PLACED)
    assert (cast.sku().held, cast.sku("honey").held) == (0, 1)
    assert order(tea).ended_because == "Mưa đá, mất vụ"


def test_the_parcel_keeps_its_carrier(cast):
    key = ordered(cast).orders[0].id
    at(key, "packed")
    with writing():
        services.hand_over(order(key), cast.member, "cooperative", "", "Nhà xe Hải Vân", "B29-123")
    sent = db.session.scalars(select(Shipment)).one()
    assert (sent.carrier, sent.tracking) == ("Nhà xe Hải Vân", "B29-123")
    assert order(key).shipment.tracking == "B29-123"


def test_a_step_says_who_took_it(cast):
    key = ordered(cast).orders[0].id
    with writing():
        services.accept(order(key), cast.member, "cooperative")
    event = db.session.scalars(select(OrderEvent).order_by(OrderEvent.id.desc())).first()
    assert (event.action, event.by, event.actor_id) == ("accept", "cooperative", cast.member.id)
    audited = db.session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (audited.action, audited.actor_id, audited.subject_id) == ("order_accept", cast.member.id, key)


def test_the_buyer_hears_of_every_step_once(cast):
    key = db.session.get_one(Purchase, place(*cart_with(cast, tea=1), email="anh@example.com")).orders[0].id
    at(key, "delivered")
    with pytest.raises(Conflict):
        act(key, "deliver")
    steps = [mail.event.split(":")[0] for mail in db.session.scalars(select(OutgoingMail).order_by(OutgoingMail.id))]
    assert steps == ["purchase_placed", "order_accept", "order_pack", "order_hand_over", "order_deliver"]


def test_without_an_address_only_what_matters_goes_by_sms(cast):
    key = ordered(cast).orders[0].id
    at(key, "delivered")
    sent = db.session.scalars(
        select(OutgoingSms.event).where(OutgoingSms.recipient == "+84912000106").order_by(OutgoingSms.id)
    )
    assert [event.split(":")[0] for event in sent] == ["purchase_placed", "order_accept", "order_hand_over"]


@pytest.mark.parametrize(
    ("by", "members_told", "buyer_told"), [("buyer", 2, 0), ("cooperative", 0, 1), ("system", 2, 1)]
)
def test_the_other_side_hears_of_a_cancellation(cast, by, members_told, buyer_told):
    key = ordered(cast).orders[0].id
    act(key, "cancel", by)
    told = db.session.scalars(select(OutgoingSms).where(OutgoingSms.event == f"order_cancel:{order(key).code}")).all()
    assert (len(notices("order_cancelled")), len(told)) == (members_told, buyer_told)


def test_unpaid_orders_are_nobodys_work(cast):
    key = ordered(cast, Method.CARD).orders[0].id
    with pytest.raises(Conflict, match=r"paid|trả tiền"):
        act(key, "accept")
    with writing():
        assert services.mark_paid(order(key))
    with writing():
        assert not services.mark_paid(order(key))
    assert len(notices("order_paid")) == 2
    assert [event.action for event in order(key).events] == ["place", "paid"]
    act(key, "accept")
    assert violations() == []


def test_money_for_a_cancelled_order_changes_nothing(cast):
    key = ordered(cast, Method.CARD).orders[0].id
    act(key, "cancel", "buyer")
    with writing():
        assert not services.mark_paid(order(key))
    assert order(key).state is OrderState.CANCELLED
    assert notices("order_paid") == notices("order_cancelled") == []


def test_an_order_nobody_pays_for_is_given_up(cast):
    card = ordered(cast, Method.CARD, tea=2).orders[0].id
    cash = ordered(cast, Method.CASH, honey=1).orders[0].id
    assert tasks.cancel_never_paid() == 0
    clock.set_for_tests(clock.after(hours=tasks.NEVER_PAID_HOURS, minutes=1))
    assert tasks.cancel_never_paid() == 1
    assert tasks.cancel_never_paid() == 0
    assert (order(card).state, order(cash).state) == (OrderState.CANCELLED, OrderState.PLACED)
    assert cast.sku().held == 0
    assert violations() == []


def test_card_becomes_cash_once(cast):
    made = ordered(cast, Method.CARD, tea=2, honey=1)
    tea, honey = (one.id for one in made.orders)
    act(honey, "cancel", "buyer")
    with writing():
        assert [services.pay_at_the_door(order(one), None) for one in (tea, honey, tea)] == [True, False, False]
    assert (order(tea).awaiting_payment, order(honey).awaiting_payment) == (False, True)
    assert len(notices("order_placed")) == 2
    act(tea, "accept")
    assert violations() == []
