"""Something else instead of what is missing: held while the buyer is asked, never dearer, sent only after a yes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from shop.core import clock
from shop.core.db import db, writing
from shop.core.errors import DomainError
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.ledger.models import Kind, LedgerEntry
from shop.notices.models import Notice
from shop.orders.changes import services as changes
from shop.orders.changes.lifecycle import ChangeState
from shop.orders.changes.queries import lines_now
from shop.orders.lifecycle import OrderState
from shop.orders.models import Method
from shop.payments.changing import services
from shop.payments.changing.tasks import end_unanswered
from shop.payments.models import Refund
from tests.shop.orders.buying import act
from tests.shop.orders.redemptions.using import bought as with_voucher
from tests.shop.payments.changing.asking import accepted, ask, change_of, order_of, violations
from tests.shop.payments.changing.instead import MUSTARD, end, offer, stock, with_mustard
from tests.shop.payments.changing.scales import hens
from tests.shop.vouchers.making import voucher

TEA, GREENS = 120_000, 15_000


def silence(hours=25):
    clock.pass_for_tests(timedelta(hours=hours))
    try:
        return end_unanswered()
    finally:
        clock.set_for_tests(None)


def sent(code):
    order = order_of(code)
    return {one.line.name: one.packs for one in lines_now([order])[order.id] if one.packs}


def names(cast):
    return cast.product("tea").approved.texts[0].name


def test_it_is_held_while_the_buyer_is_asked_and_nothing_else_moves(cast):
    code = accepted(cast)
    due, before = order_of(code).due, sent(code)
    change = change_of(offer(cast, code, 1))
    (line,) = change.substitutes
    assert (line.before, line.after, line.packs, line.line.price, line.line.quantity) == (0, 2, None, MUSTARD, 0)
    assert (stock(cast), order_of(code).due, sent(code)) == ((5, 2), due, before)
    said = db.session.scalars(select(OutgoingSms.body).order_by(OutgoingSms.id.desc())).first()
    assert "2 x Cai meo" in said and f"/changes/{change.code}" in said
    assert "Cải mèo" in order_of(code).events[-1].note
    assert violations() == []


@pytest.mark.parametrize(
    ("how", "tea", "mustard", "less", "state"),
    [
        ("agree", 1, 2, 2 * TEA - 2 * MUSTARD, ChangeState.AGREED),
        ("without", 1, 0, 2 * TEA, ChangeState.AGREED),
        ("lapse", 1, 0, 2 * TEA, ChangeState.LAPSED),
        ("leave_out", 0, 0, 3 * TEA, ChangeState.DECLINED),
        ("withdraw", 3, 0, 0, ChangeState.WITHDRAWN),
        ("cancel", 3, 0, 0, ChangeState.DECLINED),
        ("give up", 3, 0, 0, ChangeState.WITHDRAWN),
    ],
)
@pytest.mark.parametrize("method", [Method.CASH, Method.BANK_QR])
def test_each_end(cast, method, how, tea, mustard, less, state):
    code = accepted(cast, method)
    total = order_of(code).total
    change = offer(cast, code, 1)
    end(cast, change, how)
    order, over = order_of(code), how in {"cancel", "give up"}
    assert (change_of(change).state, order.total, order.due) == (state, total, total - less)
    assert sent(code).get("Cải mèo", 0) == mustard
    assert sent(code).get(names(cast), 0) == tea
    assert (stock(cast), stock(cast, "tea")) == ((5, mustard), (10, 0 if over else tea))
    assert [one.amount for one in db.session.query(Refund)] == ([less] if less and method is not Method.CASH else [])
    assert violations() == []
    if over:
        return
    for step in ("pack", "hand_over", "deliver"):
        act(order.id, step)
    assert (stock(cast), stock(cast, "tea")) == ((5 - mustard, 0), (10 - tea, 0))
    assert violations() == []


def test_agreed_both_sides_read_its_name(cast):
    code = accepted(cast)
    with writing():
        order_of(code).purchase.email = "lan@example.com"
    change = offer(cast, code, 1)
    end(cast, change, "agree")
    letters = list(db.session.scalars(select(OutgoingMail.body).order_by(OutgoingMail.id.desc())))
    assert ["2 × Cải mèo" in letter for letter in letters[:2]] == [True, True]
    notices = db.session.scalars(select(Notice).where(Notice.kind == "change_ended")).all()
    assert notices and all("Cải mèo" in notice.params["total"] for notice in notices)
    assert "Cải mèo" in order_of(code).events[-1].note


@pytest.mark.parametrize(
    ("shown", "there", "packs", "price"),
    [
        (20_000, 1, 2, 20_000),  # cheaper than what is missing: as in the shop
        (200_000, 2, 1, 120_000),  # dearer: for what is missing
        (200_000, 1, 2, 120_000),
        (90_000, 1, 3, 80_000),
        (100_000, 2, 7, 17_142),  # what cannot be shared is the buyer's
    ],
)
def test_the_buyer_never_pays_more(cast, shown, there, packs, price):
    code = accepted(cast)
    with_mustard(cast, price=shown, on_hand=9)
    change = offer(cast, code, there, packs=packs)
    assert change_of(change).substitutes[0].line.price == price
    with writing():
        cast.sku("mustard").price = 1_000  # what was offered stays as it was offered
    before = order_of(code).due
    end(cast, change, "agree")
    assert order_of(code).due == before - (3 - there) * TEA + packs * price <= before
    assert violations() == []


def test_for_the_same_sum_nothing_is_booked(cast):
    code = accepted(cast, Method.BANK_QR)
    with_mustard(cast, price=TEA)
    end(cast, offer(cast, code, 1), "agree")
    assert order_of(code).due == order_of(code).total
    assert not db.session.query(Refund).count()
    assert Kind.LESS not in set(db.session.scalars(select(LedgerEntry.kind)))
    assert violations() == []


@pytest.mark.parametrize(("how", "over"), [("agree", False), ("cancel", True), ("withdraw", False), ("lapse", True)])
def test_one_line_of_which_nothing_is_there(cast, how, over):
    code = accepted(cast, Method.BANK_QR, tea=2)
    change = offer(cast, code, 0)
    asked = db.session.scalars(select(OutgoingSms.body).order_by(OutgoingSms.id.desc())).first()
    for refused in (services.without, services.leave_out):
        with pytest.raises(DomainError), writing():
            refused(change_of(change), None)
    assert change_of(change).is_open and asked
    if how == "lapse":
        assert (silence(), change_of(change).state) == (1, ChangeState.LAPSED)
    else:
        end(cast, change, how)
    assert (order_of(code).state is OrderState.CANCELLED, order_of(code).asking) == (over, False)
    assert stock(cast) == (5, 2 if how == "agree" else 0)
    assert silence() == 0
    assert violations() == []


def test_without_a_substitute_nothing_may_be_left(cast):
    code = accepted(cast, tea=2)
    with pytest.raises(DomainError):
        ask(cast, code, 0)


def test_silence_that_a_voucher_cannot_bear_cancels(cast):
    """Three of 120,000 with 100,000 off: one alone is too little for it, one with two of 60,000 instead is enough."""
    voucher(cast, value=100_000, uses_most=10)
    code = with_voucher(cast, "TET2027", tea=3).orders[0].code
    act(order_of(code).id, "accept")
    with_mustard(cast, price=60_000)
    with pytest.raises(DomainError, match=r"voucher|giảm giá"):
        offer(cast, code, 0, packs=1)
    change = offer(cast, code, 1)
    with pytest.raises(DomainError), writing():
        services.without(change_of(change), None)
    assert silence() == 1
    assert order_of(code).state is OrderState.CANCELLED
    assert violations() == []


def test_gone_and_instead(cast):
    code = accepted(cast)
    end(cast, offer(cast, code, 1, gone=True), "agree")
    assert (stock(cast, "tea"), stock(cast)) == ((1, 1), (5, 2))
    assert violations() == []


def test_refused_at_the_door_it_comes_back(cast):
    code = accepted(cast)
    end(cast, offer(cast, code, 1), "agree")
    for step in ("pack", "hand_over", "refuse"):
        act(order_of(code).id, step)
    assert (stock(cast), stock(cast, "tea"), violations()) == ((5, 0), (10, 0), [])


def test_what_came_instead_falls_short_too(cast):
    code = accepted(cast)
    end(cast, offer(cast, code, 1), "agree")
    with writing():
        order = order_of(code)
        mustard = lines_now([order])[order.id][-1].line
        second = changes.propose(order, {mustard.id: 1}, "", cast.member).code
    end(cast, second, "agree")
    assert (sent(code)["Cải mèo"], stock(cast)) == (1, (5, 1))
    assert order_of(code).total - order_of(code).due == 2 * TEA - MUSTARD
    assert violations() == []


@pytest.mark.parametrize(("how", "over"), [("agree", False), ("lapse", True)])
def test_instead_of_what_is_weighed_nothing_is_weighed(cast, how, over):
    code = hens(cast, hen=1)
    change = offer(cast, code, 0)
    assert order_of(code).to_weigh
    end(cast, change, how)
    order = order_of(code)
    assert (order.state is OrderState.CANCELLED, order.due == order.total) == (over, over)
    if not over:
        assert not order.to_weigh
        act(order.id, "pack")
    assert violations() == []
