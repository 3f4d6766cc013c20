"""Cash: whose orders count, which refusals, who is asked before packing; each condition by itself."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from shop.accounts.models import Throttle
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.orders import services as orders
from shop.orders.confirming import policies as asking
from shop.orders.confirming import queries as past
from shop.orders.confirming import services as confirming
from shop.orders.confirming.policies import Past
from shop.orders.limits import policies, queries, services
from shop.orders.limits.policies import Unpaid, Wish
from shop.orders.models import Answer, Method, Order, OrderEvent, Purchase, Why
from shop.shipping.methods import PICKUP
from tests.shop.orders.buying import act, at, cart_with, ordered, place
from tests.shop.orders.confirming.asking import asked, question, settings_with
from tests.shop.payments.transferring import with_accounts

PHONE, OTHER = "+84912000106", "+84912000999"


def wish(method=Method.CASH, phone=PHONE, buyer_id=None, **more):
    return Wish(method, phone, buyer_id, 1, 100_000, **more)


def one(cast, phone=PHONE, method=Method.CASH):
    return db.session.get_one(Purchase, place(*cart_with(cast, tea=1), method, phone=phone)).orders[0].id


def of_account(key, who):
    with writing():
        db.session.get_one(Order, key).purchase.buyer_id = who


def test_unpaid_cash_is_that_of_the_number_or_the_account(cast):
    mine, theirs = one(cast), one(cast, OTHER)
    due = db.session.get_one(Order, mine).due
    assert queries.unpaid(wish()) == Unpaid(1, due)
    of_account(theirs, cast.ids["buyer"])
    assert queries.unpaid(wish()).orders == 1
    assert queries.unpaid(wish(buyer_id=cast.ids["buyer"])).orders == 2
    assert queries.unpaid(wish(phone="+84912000888", buyer_id=cast.ids["buyer"])).orders == 1
    assert queries.unpaid(wish(phone="+84912000888", buyer_id=cast.ids["member"])).orders == 0


@pytest.mark.parametrize(("state", "counts"), [("placed", 1), ("handed_over", 1), ("delivered", 0), ("refused", 0)])
def test_unpaid_cash_is_what_is_under_way(cast, state, counts):
    at(one(cast), state)
    assert queries.unpaid(wish()).orders == counts


def test_cash_and_transfers_count_apart(cast):
    with_accounts(cast)
    cash, waits, card = (one(cast, method=how) for how in (Method.CASH, Method.BANK_QR, Method.CARD))
    assert [queries.unpaid(wish(how)).orders for how in (Method.CASH, Method.BANK_QR)] == [1, 1]
    act(waits, "cancel", by="system")
    assert queries.unpaid(wish(Method.BANK_QR)).orders == 0
    with writing():
        orders.pay_at_the_door(db.session.get_one(Order, card), None)
    assert queries.unpaid(wish()).orders == 2
    act(cash, "cancel")
    assert queries.unpaid(wish()).orders == 1


def test_a_transfer_that_came_is_not_unpaid(cast):
    with_accounts(cast)
    key = one(cast, method=Method.BANK_QR)
    with writing():
        db.session.get_one(Order, key).awaiting_payment = False
    assert [queries.unpaid(wish(how)).orders for how in (Method.CASH, Method.BANK_QR)] == [0, 0]


def test_too_much_says_what_to_do_instead(app, session):
    with settings_with(unpaid_orders=1):
        cash, transfer = (str(policies.over(wish(how), Unpaid(1, 1))) for how in (Method.CASH, Method.BANK_QR))
    assert cash != transfer


@pytest.mark.parametrize(("packs", "free", "much"), [(21, 41, True), (21, 42, False), (20, 21, False), (1, 1, False)])
def test_what_is_most_of_what_there_is(app, session, packs, free, much):
    view = SimpleNamespace(lines=[SimpleNamespace(quantity=packs, free=free, name="Chè")])
    assert (policies.hoarding(view) is not None) is much


def test_a_card_is_never_too_much(cast):
    first, second, _third = (one(cast) for _ in range(3))
    for key in (first, second):
        at(key, "refused")
    with settings_with(unpaid_orders=1):
        assert queries.refusal(wish(Method.CARD)) is None
        assert queries.refusal(wish(Method.CARD, gift=True)) is None
        assert queries.refusal(wish()) is not None
        assert queries.refusal(wish(Method.BANK_QR)) is None, "what came back is about cash alone"


def test_a_gift_is_not_paid_at_the_door_but_by_transfer(app, session):
    assert policies.paid_by_another(wish(gift=True)) is not None
    assert policies.paid_by_another(wish()) is None
    assert policies.paid_by_another(wish(Method.BANK_QR, gift=True)) is None


def test_nobody_else_counts_for_this_buyer_meanwhile(cast):
    with writing():
        services.check(wish(buyer_id=cast.ids["buyer"]))
    with writing():
        services.check(wish(phone=OTHER))
    keys = {row.key for row in db.session.query(Throttle) if row.key.startswith("unpaid:")}
    assert keys == {f"unpaid:{PHONE}", f"unpaid:{cast.ids['buyer']}", f"unpaid:{OTHER}"}


def test_which_refusals_count(cast):
    """Cash orders of the number, refused in 180 days or since cash was offered again."""
    with_accounts(cast)
    first = one(cast)
    at(first, "refused")
    at(one(cast, OTHER), "refused")
    at(one(cast), "delivered")
    assert (past.refused_lately(PHONE), past.refused_lately(OTHER)) == (1, 1)
    paid, card = one(cast, method=Method.BANK_QR), one(cast, OTHER, Method.CARD)
    with writing():
        db.session.get_one(Order, paid).awaiting_payment = False
        orders.pay_at_the_door(db.session.get_one(Order, card), None)
    at(paid, "refused")
    assert past.refused_lately(PHONE) == 1, "paid before: nobody loses the goods"
    with writing():
        event = db.session.query(OrderEvent).filter_by(order_id=first, action="refuse").one()
        event.at = clock.now() - timedelta(days=181)
    assert past.refused_lately(PHONE) == 0, "the day of refusing counts, not that of another step"


@pytest.mark.parametrize(("ago", "counts"), [(None, 1), (1, 0), (9, 1), (400, 1)])
def test_refusals_since_a_lift(cast, ago, counts):
    """Refused five days ago; a lift of before the 180 days makes no older one count."""
    key = one(cast)
    at(key, "refused")
    now = clock.now()
    with writing():
        db.session.query(OrderEvent).filter_by(order_id=key, action="refuse").one().at = now - timedelta(days=5)
    assert past.refused_lately(PHONE, now - timedelta(days=ago) if ago else None) == counts
    with writing():
        db.session.query(OrderEvent).filter_by(order_id=key, action="refuse").one().at = now - timedelta(days=200)
    assert past.refused_lately(PHONE, now - timedelta(days=400)) == 0


def test_cash_is_lifted_for_one_number(cast):
    for phone in (PHONE, PHONE, OTHER, OTHER):
        at(one(cast, phone), "refused")
    with writing():
        lift = services.lift(PHONE, "Nằm viện", cast.officer)
        assert lift.id
    assert (queries.refusals_of(PHONE), queries.refusals_of(OTHER)) == (0, 2)
    assert db.session.query(AuditEntry).filter_by(action="cash_lifted").count() == 1


def test_what_is_known_of_a_number(cast):
    assert past.past_of(PHONE, None) == Past(arrived=False, refused=0, proven=False)
    at(one(cast, OTHER), "delivered")
    assert not past.past_of(PHONE, None).arrived
    one(cast)
    assert not past.past_of(PHONE, None).arrived
    assert past.past_of(OTHER, None).arrived
    assert past.past_of(cast.buyer.phone, cast.buyer).proven
    assert not past.past_of(OTHER, cast.buyer).proven


@pytest.mark.parametrize(
    ("known", "sum_", "why"),
    [
        (Past(arrived=True, refused=1, proven=True), 0, Why.REFUSED),
        (Past(arrived=True, refused=0, proven=True), 1, Why.AMOUNT),
        (Past(arrived=False, refused=0, proven=False), 0, Why.FIRST),
        (Past(arrived=True, refused=0, proven=False), 0, None),
        (Past(arrived=False, refused=0, proven=True), 0, None),
    ],
)
def test_why_the_buyer_is_asked(cast, known, sum_, why):
    order = ordered(cast, tea=1).orders[0]
    with settings_with(cod_confirm_first=1, cod_confirm_from=sum_ * order.total):
        assert asking.why_ask(order, known) == why
        order.ship_method = PICKUP
        assert asking.why_ask(order, known) is None, "who comes to fetch it is not asked"
    with settings_with(cod_confirm_first=0, cod_confirm_from=0):
        order.ship_method = "post"
        assert asking.why_ask(order, known) == (why if why is Why.REFUSED else None)
    db.session.rollback()


def test_answered_for_one_order_alone_and_kept(cast):
    first, second = (asked(cast).orders[0] for _ in range(2))
    with writing():
        confirming.no_answer(db.session.get_one(Order, first.id), cast.member)
    with writing():
        confirming.answer(db.session.get_one(Order, first.id), Answer.CONFIRMED, cast.member)
    assert [question(one).answer for one in (first, second)] == [Answer.CONFIRMED, Answer.WAITING]
    assert [question(one).tries for one in (first, second)] == [1, 0]
    with writing():
        assert confirming.confirm(question(second).key) == 1
    kept = [row.action for row in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert [one for one in kept if one in {"order_not_reached", "order_confirmation"}] == [
        "order_not_reached",
        "order_confirmation",
        "order_confirmation",
    ]
    with pytest.raises(Conflict), writing():
        confirming.no_answer(db.session.get_one(Order, second.id), cast.member)


def test_a_link_is_made_only_where_something_is_asked(cast):
    key = db.session.get_one(Order, one(cast)).purchase_id
    with writing():
        purchase = db.session.get_one(Purchase, key)
        assert confirming.ask(purchase, list(purchase.orders), None) is None
