"""A manager gives money of an order back by line: asked once more, kept, read by both sides."""

import pytest
from sqlalchemy import select

from shop.core.db import db, writing
from shop.core.errors import Invalid
from shop.desk.refunding.queries import paid_part
from shop.desk.refunding.services import Wish, give_back
from shop.orders.changes.queries import lines_now
from shop.orders.models import Method
from shop.orders.redemptions.queries import costs_of
from shop.payments import services as payments
from shop.payments.changing import services as changing
from shop.payments.models import Payment, Refund, RefundState
from shop.payments.tasks import follow_cash
from tests.shop.orders.buying import at
from tests.shop.orders.redemptions.using import bought as with_voucher
from tests.shop.payments.changing.asking import accepted, ask, change_of, order_of
from tests.shop.payments.outside import bought, orders_of, payment_of
from tests.shop.vouchers.making import voucher

TYPED = {"line": "1", "amount": "52.000", "why": "Hai gói bị ướt", "number": "1"}


@pytest.fixture
def paid(cast):
    """Two packs of tea and a jar of honey, paid by card and on their way."""
    made = bought(cast, Method.CARD, tea=2, honey=1)
    with writing():
        payments.book(db.session.get_one(Payment, payment_of(made).id), "pi_1")
    at(orders_of(made)[0].id, "handed_over")
    return made


@pytest.fixture
def cash(cast):
    """Tea, paid at the door."""
    made = bought(cast, Method.CASH, tea=2)
    at(orders_of(made)[0].id, "delivered")
    follow_cash()
    return made


def address(purchase):
    return f"/my/orders/{purchase.codes[0]}/refund"


def refunds():
    rows = select(Refund).order_by(Refund.id).execution_options(populate_existing=True)
    return list(db.session.scalars(rows))


@pytest.fixture
def member(browser, cast):
    browser.sign_in(cast.member)
    return browser


def test_it_is_asked_once_more_and_then_kept(member, paid):
    assert member.get(f"/my/orders/{paid.codes[0]}").status_code == 200
    assert member.one(f'a[href="{address(paid)}"]') is not None
    member.get(address(paid))
    assert member.post(address(paid), **TYPED).status_code == 200
    assert member.says("Give %(amount)s back?", amount="52.000\xa0₫")
    assert refunds() == []
    assert member.post(address(paid), **TYPED, sure="yes").status_code == 302
    (kept,) = refunds()
    assert (kept.amount, kept.reason, kept.why, kept.state) == (52_000, "line-1-1", "Hai gói bị ướt", RefundState.DUE)
    assert kept.line_id == orders_of(paid)[0].lines[0].id


def test_both_sides_read_it_by_line(member, paid):
    member.post(address(paid), **TYPED, sure="yes")
    for page in (f"/my/orders/{paid.codes[0]}", f"/purchases/{paid.token}"):
        member.get(page)
        assert "52.000" in member.text and "Hai gói bị ướt" in member.text


def test_the_same_press_twice_is_one(member, paid):
    assert [member.post(address(paid), **TYPED, sure="yes").status_code for _ in range(2)] == [302, 409]
    assert len(refunds()) == 1
    assert member.post(address(paid), **TYPED | {"number": "2"}, sure="yes").status_code == 302
    assert len(refunds()) == 2


@pytest.mark.parametrize(
    ("field", "typed"),
    [("line", ""), ("line", "9"), ("amount", ""), ("amount", "x"), ("amount", "0"), ("amount", "264.001"), ("why", "")],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(member, paid, field, typed):
    answer = member.post(address(paid), **TYPED | {field: typed}, sure="yes")
    assert answer.status_code in {400, 422}
    assert refunds() == []


def test_delivery_is_no_line(member, paid):
    part = payment_of(paid).parts[0].amount
    member.post(address(paid), **TYPED | {"line": "0", "amount": str(part)}, sure="yes")
    assert [(one.reason, one.line_id, one.amount) for one in refunds()] == [("line-0-1", None, part)]
    member.get(address(paid))
    assert member.says("Everything paid for this order goes back already.")


def test_cash_is_given_by_hand_now_or_later(member, cash):
    member.post(address(cash), **TYPED, sure="yes")
    member.post(address(cash), **TYPED | {"number": "2", "note": "tiền mặt"}, sure="yes")
    assert [one.state for one in refunds()] == [RefundState.DUE, RefundState.DONE]
    member.get("/my/transfers")
    assert cash.codes[0] in member.text.replace(" ", "")


def test_an_order_not_accepted_is_cancelled_instead(cast, member):
    made = bought(cast, Method.CARD, tea=1)
    assert member.get(address(made)).status_code == 404  # not paid
    with writing():
        payments.book(db.session.get_one(Payment, payment_of(made).id), "pi_2")
    member.get(address(made))
    assert member.says("Money goes back from when an order is accepted. Before that, cancel it.")
    assert member.post(address(made), **TYPED, sure="yes").status_code == 409


def test_who_proved_nothing_lately_is_asked_first(browser, cast, paid):
    browser.sign_in(cast.member, factor=False)
    assert browser.post(address(paid), **TYPED, sure="yes").status_code == 200
    assert refunds() == []


@pytest.mark.parametrize(
    ("who", "status"), [("second_member", 403), ("stranger", 404), ("officer", 403), ("buyer", 403)]
)
def test_it_is_the_managers_alone(browser, cast, paid, who, status):
    browser.sign_in(cast.user(who))
    assert browser.get(address(paid)).status_code == status


def test_of_goods_with_a_voucher_no_more_goes_back_than_was_paid_for_them(member, cast):
    voucher(cast)
    purchase = with_voucher(cast, "TET2027", tea=2)
    with writing():
        payments.open_payment(purchase)
    order = purchase.orders[0]
    assert list(costs_of(order, lines_now([order])[order.id]).values()) == [order.goods_total - 10_000]
    at(order.id, "delivered")
    follow_cash()
    code = order.code
    assert member.post(f"/my/orders/{code}/refund", **TYPED | {"amount": "240.000"}, sure="yes").status_code == 422
    assert "230.000" in member.text
    member.get(f"/my/orders/{code}")
    assert "-10.000" in member.text


@pytest.mark.parametrize(("there", "most"), [((3, 0), 0), ((3, 2), 30_000)])
def test_of_goods_left_out_nothing_more_goes_back(member, cast, there, most):
    code = accepted(cast, Method.BANK_QR)
    change = ask(cast, code, *there)
    with writing():
        changing.agree(change_of(change), None)
    given = len(refunds())
    page = f"/my/orders/{code}/refund"
    member.get(page)
    places = [node.get("value") for node in member.all("[name=line]")]
    assert places == (["1", "2", "0"] if most else ["1", "0"])
    too_much = TYPED | {"line": "2", "amount": str(most + 1)}
    assert member.post(page, **too_much, sure="yes").status_code == 422
    part = paid_part(order_of(code)).id
    with pytest.raises(Invalid), writing():
        give_back(order_of(code), part, Wish(order_of(code).lines[1], most + 1, "Thiếu", "", "1"), cast.member)
    assert len(refunds()) == given
