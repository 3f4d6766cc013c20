"""Some of the money of an order that goes on goes back: once for each reason, never more than was paid."""

import pytest
from sqlalchemy import select

from shop.core.db import db, writing
from shop.core.errors import Conflict
from shop.core.outbox import OutgoingSms
from shop.ledger.models import Account, Kind, LedgerEntry
from shop.ledger.queries import balances
from shop.notices.models import Notice
from shop.orders.models import Method, Order, OrderEvent
from shop.payments.books import checks
from shop.payments.models import PaymentPart, Refund, RefundState
from shop.payments.queries import state_of
from shop.payments.refunds import queries, services
from shop.payments.refunds.services import promise_some
from shop.payments.refunds.tasks import promise_refunds
from shop.payments.tasks import follow_cash
from tests.shop.orders.buying import act, at
from tests.shop.payments.outside import bought, by_card, orders_of, payment_of, session_of, sweep
from tests.shop.payments.outside import violations as payment_violations
from tests.shop.payments.transferring import by_transfer, comes, with_accounts

TEA = 264_000


@pytest.fixture
def paid(cast, outside):
    """Tea and honey, paid by card."""
    made = by_card(cast, tea=2, honey=1)
    outside.pay(session_of(made))
    outside.deliver()
    return made


@pytest.fixture
def transferred(cast):
    """Tea, paid by transfer."""
    with_accounts(cast)
    made = by_transfer(cast, tea=2)
    comes(cast, TEA, made.codes[0])
    return made


def part_of(purchase, place=0):
    return db.session.scalars(select(PaymentPart).join(Order).where(Order.code == purchase.codes[place])).one()


def some(purchase, amount, reason="short-1", actor=None, **words):
    with writing():
        return promise_some(part_of(purchase).id, amount, reason, actor, **words).id


def amounts():
    rows = select(Refund.reason, Refund.amount, Refund.state).order_by(Refund.id)
    return [tuple(row) for row in db.session.execute(rows)]


def violations():
    return payment_violations() + [problem for check in checks.CHECKS for problem in check()]


def texts():
    return [text.body for text in db.session.scalars(select(OutgoingSms)) if "order_refunded" in text.event]


def test_a_card_gets_some_back_and_the_order_goes_on(cast, outside, paid):
    some(paid, 52_000)
    sweep()
    (sent,) = outside.refunds()
    assert (sent.amount, sent.metadata.to_dict()) == (52_000, {"refund": f"{paid.codes[0]}-short-1"})
    assert amounts() == [("short-1", 52_000, RefundState.DONE)]
    assert balances()[cast.ids["cooperative"]][Account.SALES] == TEA - 52_000
    assert str(state_of(orders_of(paid)[0].id).words).replace("\xa0", " ").endswith("52.000 ₫ trên 264.000 ₫")
    assert violations() == []


def test_the_buyer_reads_how_much_and_why(browser, outside, paid):
    some(paid, 52_000, "line-1-1", why="Hai gói bị ướt.")
    some(paid, 1_000, "short-1")
    sweep()
    first, second = (text.replace("\xa0", " ") for text in texts())
    assert "52.000" in first and "Hai goi bi uot." in first
    assert "1.000" in second and paid.token in second
    notes = db.session.scalars(select(OrderEvent.note).where(OrderEvent.action == "refunded")).all()
    assert any("52.000" in note and "Hai gói bị ướt." in note for note in notes)


def test_what_ends_later_gives_the_rest_back_once(cast, outside, paid):
    some(paid, 52_000)
    some(paid, 12_000, "weight-1")
    act(orders_of(paid)[0].id, "cancel", note="Mưa đá")
    assert promise_refunds() == 1
    assert promise_refunds() == 0
    sweep()
    assert [amount for _reason, amount, _state in amounts()] == [52_000, 12_000, 200_000]
    assert sorted(one.amount for one in outside.refunds()) == [12_000, 52_000, 200_000]
    assert not any(balances()[cast.ids["cooperative"]].values())
    ended = db.session.scalars(select(LedgerEntry.amount).where(LedgerEntry.kind == Kind.ENDED)).all()
    assert ended == [200_000]
    assert violations() == []


def test_nothing_is_left_where_all_went_back_in_parts(cast, outside, paid):
    some(paid, TEA)
    act(orders_of(paid)[0].id, "cancel")
    assert promise_refunds() == 0
    sweep()
    assert len(outside.refunds()) == 1
    assert not any(balances()[cast.ids["cooperative"]].values())
    assert violations() == []


@pytest.mark.parametrize(
    ("amount", "reason"), [(TEA - 52_000 + 1, "short-2"), (52_000, "short-1"), (1, "short-1")], ids=str
)
def test_never_twice_and_never_more_than_is_left(outside, paid, amount, reason):
    some(paid, 52_000)
    with pytest.raises(Conflict):
        some(paid, amount, reason)
    assert len(amounts()) == 1


def test_nothing_goes_back_before_it_is_paid(cast, outside):
    made = by_card(cast, tea=1)
    with pytest.raises(Conflict):
        some(made, 1)


def test_an_ended_order_gives_everything_back_by_itself(outside, paid):
    act(orders_of(paid)[0].id, "cancel")
    with pytest.raises(Conflict):
        some(paid, 1)


@pytest.mark.parametrize(("amount", "reason"), [(0, "short-1"), (-1, "short-1"), (1, "cancelled"), (1, "thiếu-1")])
def test_mistakes_of_ours_are_not_kept(outside, paid, amount, reason):
    with pytest.raises(ValueError, match="partial"):
        some(paid, amount, reason)


def test_what_failed_is_owed_still_and_not_promised_again(cast, outside, paid):
    key = some(paid, TEA)
    with writing():
        services.give_up(key, "lost_or_stolen_card")
    assert balances()[cast.ids["cooperative"]][Account.BUYERS] == -TEA
    with pytest.raises(Conflict):
        some(paid, 1, "short-2")
    act(orders_of(paid)[0].id, "cancel")
    assert promise_refunds() == 0
    assert [problem for check in checks.CHECKS for problem in check()] == []


def test_a_reason_with_dashes_is_found_by_its_name(outside, paid):
    key = some(paid, 5_000, "line-12-2")
    assert queries.by_name(f"{paid.codes[0]}-line-12-2") == key
    assert queries.by_name(f"{paid.codes[1]}-line-12-2") is None


def test_of_a_transfer_the_seller_gives_it_back_by_hand(browser, cast, transferred):
    some(transferred, 52_000, actor=cast.member)
    notices = db.session.scalars(select(Notice.kind).where(Notice.user_id == cast.ids["member"])).all()
    assert "some_by_hand" in notices
    browser.sign_in(cast.member)
    browser.get("/my/transfers")
    assert browser.says("Fewer goods were sent than you ordered.")
    path = f"/my/refunds/{transferred.codes[0]}/short-1"
    browser.post(path, note="")
    assert amounts() == [("short-1", 52_000, RefundState.DUE)]
    browser.post(path, note="FT9")
    assert amounts() == [("short-1", 52_000, RefundState.DONE)]
    assert browser.post(path, note="FT9").status_code == 409
    assert balances()[cast.ids["cooperative"]][Account.BANK] == TEA - 52_000
    assert violations() == []


def test_of_cash_too(cast):
    made = bought(cast, Method.CASH, tea=2)
    at(orders_of(made)[0].id, "delivered")
    follow_cash()
    key = some(made, 52_000, "line-1-1")
    with writing():
        services.given_by_hand(key, "tiền mặt", cast.member)
    assert balances()[cast.ids["cooperative"]][Account.CASH] == TEA - 52_000
    assert payment_of(made).parts[0].refunded == 52_000
    assert violations() == []
