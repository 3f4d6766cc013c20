"""Goods by the scales: weighed once before packing, the sum follows inside what the buyer accepted, and no further."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from shop.audit.models import AuditEntry
from shop.core.db import db, writing
from shop.core.errors import Conflict, Invalid
from shop.core.outbox import OutgoingSms
from shop.ledger.models import Account, Kind, LedgerEntry
from shop.ledger.queries import balances
from shop.orders.changes import services as changes
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.changes.models import Change, ChangeKind, ChangeLine
from shop.orders.changes.queries import lines_now
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method, Order
from shop.payments.changing import services
from shop.payments.models import Payment, PaymentState, Refund
from shop.payments.tasks import follow_cash
from tests.shop.orders.buying import act
from tests.shop.payments.changing.asking import ask, change_of, order_of, violations
from tests.shop.payments.changing.scales import HEN, hens, weigh


def payment():
    return db.session.scalars(select(Payment).execution_options(populate_existing=True)).one()


def kinds():
    return set(db.session.scalars(select(LedgerEntry.kind)))


def test_what_the_buyer_accepted_is_frozen(cast):
    order = order_of(hens(cast))
    line = order.lines[0]
    assert (order.to_weigh, line.about_grams, line.weighed_within, line.total) == (True, 1_800, 10, 2 * HEN)
    with writing():
        cast.product("hen").approved.weighed_within = 15
    line = order_of(order.code).lines[0]
    assert line.weighed_within == 10
    assert violations() == []


@pytest.mark.parametrize(
    ("grams", "sum_", "kind"),
    [
        (3_600, 2 * HEN, None),
        (3_450, 517_500, Kind.LESS),
        (3_960, 594_000, Kind.MORE),  # the very bound
        (3_240, 486_000, Kind.LESS),
        (3_601, 540_150, Kind.MORE),
    ],
)
def test_in_cash_the_sum_follows_the_scales(cast, grams, sum_, kind):
    code = hens(cast)
    total = order_of(code).total
    weigh(cast, code, grams)
    order = order_of(code)
    due = total + sum_ - 2 * HEN
    assert (order.state, order.to_weigh, order.total, order.due) == (OrderState.PACKED, False, total, due)
    assert payment().amount == due
    assert (kind is None and not {Kind.LESS, Kind.MORE} & kinds()) or kind in kinds()
    (now,) = lines_now([order])[order.id]
    assert (now.packs, now.total, now.grams, now.is_changed) == (2, sum_, grams, False)
    said = db.session.scalars(select(OutgoingSms.body).order_by(OutgoingSms.id.desc())).first()
    assert f"{due:,}".replace(",", ".") in said
    assert [one.action for one in order.events][-2:] == ["weigh", "pack"]
    assert violations() == []
    for step in ("hand_over", "deliver"):
        act(order.id, step)
    follow_cash()
    assert (payment().state, balances()[order.cooperative_id][Account.CASH]) == (PaymentState.PAID, due)
    assert violations() == []


def test_half_a_dong_is_rounded_up_once_a_line(cast):
    code = hens(cast, hen=1)
    with writing():
        order_of(code).lines[0].about_grams = 1_600  # 270.000 × 1601 / 1600 = 270.168,75
    weigh(cast, code, 1_601)
    order = order_of(code)
    assert lines_now([order])[order.id][0].total == 270_169
    assert violations() == []


@pytest.mark.parametrize(("grams", "back"), [(3_450, 22_500), (3_600, 0), (3_900, 0)])
def test_paid_before_never_costs_more(cast, grams, back):
    code = hens(cast, Method.BANK_QR)
    total = order_of(code).total
    weigh(cast, code, grams)
    assert order_of(code).due == total - back
    found = [(one.amount, one.reason) for one in db.session.query(Refund)]
    assert found == ([(back, "weighed-1")] if back else [])
    assert not {Kind.LESS, Kind.MORE} & kinds(), "the refund books it"
    assert violations() == []


def test_paid_before_each_line_by_itself(cast):
    code = hens(cast, Method.BANK_QR, hen=1, tea=1)
    weigh(cast, code, 1_700)
    assert [one.total for one in lines_now([order_of(code)])[order_of(code).id]] == [255_000, 120_000]
    assert violations() == []


@pytest.mark.parametrize("grams", [3_239, 3_961, 1, 36_000])
def test_outside_nothing_happens(cast, grams):
    code = hens(cast)
    with pytest.raises(Invalid) as refused:
        weigh(cast, code, grams)
    line = order_of(code).lines[0]
    assert refused.value.field == f"grams{line.id}"
    assert (order_of(code).state, order_of(code).to_weigh) == (OrderState.ACCEPTED, True)
    assert not db.session.query(Change).count()
    assert violations() == []


def test_nothing_is_packed_unweighed(cast):
    code = hens(cast)
    with pytest.raises(Conflict):
        act(order_of(code).id, "pack")
    with pytest.raises(IntegrityError), writing():
        db.session.execute(update(Order).where(Order.code == code).values(state=OrderState.PACKED))


def test_weighed_twice_is_once(cast):
    code = hens(cast)
    weigh(cast, code, 3_500)
    due = order_of(code).due
    with pytest.raises(Conflict), writing():
        services.weigh_and_pack(order_of(code), {order_of(code).lines[0].id: 3_900}, cast.member)
    assert (order_of(code).due, db.session.query(Change).count()) == (due, 1)
    kept = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "order_weigh")).all()
    assert len(kept) == 1
    assert violations() == []


def test_not_while_the_buyer_is_asked_nor_after_the_end(cast):
    code = hens(cast)
    change = ask(cast, code, 1)
    with pytest.raises(Conflict):
        weigh(cast, code, 3_500)
    with writing():
        services.agree(change_of(change), None)
    assert order_of(code).to_weigh
    weigh(cast, code, 1_750)
    assert lines_now([order_of(code)])[order_of(code).id][0].total == 262_500
    assert violations() == []


def test_without_them_nothing_is_to_be_weighed(cast):
    code = hens(cast, hen=1, tea=2)
    with writing():
        order = order_of(code)
        hen = next(line for line in order.lines if line.about_grams)
        key = changes.propose(order, {hen.id: 0}, "", cast.member).code
    with writing():
        services.agree(change_of(key), None)
    assert not order_of(code).to_weigh
    act(order_of(code).id, "pack")
    assert violations() == []


def test_refused_at_the_door_everything_is_taken_back(cast):
    code = hens(cast)
    weigh(cast, code, 3_900)
    for step in ("hand_over", "refuse"):
        act(order_of(code).id, step)
    follow_cash()
    assert set(balances()[order_of(code).cooperative_id].values()) == {0}
    assert violations() == []


@pytest.mark.parametrize(
    ("table", "values"),
    [
        (ChangeLine, {"grams": 4_000}),
        (ChangeLine, {"within": 20}),
        (ChangeLine, {"worth": None}),
        (ChangeLine, {"worth": 0}),
        (Change, {"paid": True}),
        (Change, {"kind": ChangeKind.SHORT}),
        (Change, {"state": ChangeState.LAPSED}),
    ],
)
def test_the_database_holds_it(cast, table, values):
    weigh(cast, hens(cast), 3_900)
    with pytest.raises(IntegrityError), writing():
        db.session.execute(update(table).values(**values))
