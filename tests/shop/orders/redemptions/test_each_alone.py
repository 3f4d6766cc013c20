"""A use belongs to one purchase of one buyer: others stay as they were, and each check names what does not fit."""

import pytest
from sqlalchemy import delete, update

from shop.cart.discounts import Used
from shop.cart.models import Cart
from shop.core.db import db, writing
from shop.orders import services
from shop.orders.models import Method, Order, Purchase
from shop.orders.redemptions import queries
from shop.orders.redemptions import services as redemptions
from shop.orders.redemptions.models import Redemption, RedemptionShare
from shop.vouchers.models import Voucher, VoucherPerson
from shop.vouchers.people import Buyer
from shop.vouchers.services import VoucherGone
from tests.shop.orders.buying import act, at
from tests.shop.orders.redemptions.using import bought, states, uses, violations, with_codes
from tests.shop.payments.transferring import with_accounts
from tests.shop.vouchers.making import found, voucher

ANH, OTHER = "+84912000106", "+84912000999"


def shares():
    rows = db.session.query(RedemptionShare).order_by(RedemptionShare.id).populate_existing()
    return [one.state.value for one in rows]


def made():
    return db.session.query(Redemption).order_by(Redemption.id).all()


def used(purchase, code="TET2027"):
    seller = purchase.orders[0].cooperative_id
    one = found(code)
    with writing():
        who = Buyer(purchase.phone, purchase.buyer_id, ordered=False)
        redemptions.use(db.session.get_one(Purchase, purchase.id), [Used(one.id, code, None, {seller: 10_000})], who)


def test_the_last_guard_knows_who_has_ordered(cast):
    """By number or by account; what was cancelled is no order, and the purchase itself does not count."""
    voucher(cast, first_only=True, person_most=9)
    before = bought(cast, tea=1)
    with pytest.raises(VoucherGone):
        used(bought(cast, tea=1))
    act(before.orders[0].id, "cancel")
    assert queries.has_ordered(ANH, None)
    for order in db.session.query(Order):
        if order.state != "cancelled":
            act(order.id, "cancel")
    assert not queries.has_ordered(ANH, None)
    first = bought(cast, phone=OTHER, tea=1)
    assert not queries.has_ordered(ANH, None), "what another ordered"
    assert queries.has_ordered(OTHER, cast.ids["member"]), "by number, whoever signed in"
    assert queries.has_ordered(OTHER, None)
    assert not queries.has_ordered(OTHER, None, besides=first.id)
    used(first)
    with writing():
        db.session.get_one(Purchase, first.id).buyer_id = cast.ids["buyer"]
    assert queries.has_ordered("+84912000888", cast.ids["buyer"])
    assert not queries.has_ordered("+84912000888", cast.ids["member"])
    assert not queries.has_ordered("+84912000888", None)


def test_who_is_signed_in_is_counted_by_account_too(cast):
    with_voucher, _attempt = with_codes(cast, "TET2027")
    plain, _attempt = with_codes(cast)
    cart = db.session.get_one(Cart, with_voucher)
    assert queries.buyer_of(cart, ANH, cast.buyer) == Buyer(ANH, cast.ids["buyer"], ordered=False)
    assert queries.buyer_of(cart, ANH, None) == Buyer(ANH, None, ordered=False)
    assert queries.buyer_of(db.session.get_one(Cart, plain), ANH, cast.buyer) is None


def test_what_takes_nothing_off_is_not_used(cast):
    voucher(cast)
    purchase = bought(cast, tea=1)
    one = Used(found().id, "TET2027", None, {})
    with writing():
        redemptions.use(db.session.get_one(Purchase, purchase.id), [one], Buyer(ANH, None, ordered=False))
    with writing():
        redemptions.use(db.session.get_one(Purchase, purchase.id), [one._replace(parts={1: 10_000})], None)
    assert (uses(), made()) == (0, [])


def test_given_back_by_one_step_alone(cast):
    """The step of the order comes once; below it the share knows too."""
    voucher(cast)
    key = bought(cast, "TET2027").orders[0].id
    for _ in range(2):
        with writing():
            redemptions.give_back(db.session.get_one(Order, key))
        assert (uses(), shares()) == (0, ["given_back"])
    with writing():
        redemptions.forfeit(db.session.get_one(Order, key))
    assert shares() == ["given_back"]


def test_one_that_is_no_first_order_voucher_counts_again(cast):
    voucher(cast, person_most=9)
    bought(cast, tea=1)
    used(bought(cast, tea=1))
    assert uses() == 1


def test_given_back_and_forfeited_alone(cast):
    voucher(cast, person_most=9)
    first, second, third = (bought(cast, "TET2027", tea=1).orders[0].id for _ in range(3))
    act(first, "cancel")
    assert shares() == ["given_back", "taken", "taken"]
    assert (uses(), states()) == (2, ["given_back", "taken", "taken"])
    at(second, "refused")
    assert shares() == ["given_back", "forfeited", "taken"]
    assert [one.id for one in queries.of_order(third)] == [made()[2].id]
    given = [one.given_back_at is not None for one in made()]
    assert given == [True, False, False]
    assert violations() == []


def test_two_vouchers_of_one_order_both_go_back(cast):
    voucher(cast)
    voucher(cast, "LAICHAU", None)
    purchase = bought(cast, "TET2027", "LAICHAU")
    bought(cast, "TET2027", phone=OTHER, tea=1)
    assert [uses(code) for code in ("TET2027", "LAICHAU")] == [2, 1]
    act(purchase.orders[0].id, "cancel")
    assert [uses(code) for code in ("TET2027", "LAICHAU")] == [1, 0]
    assert violations() == []


def test_taken_up_again_it_is_counted_once(cast):
    """One of two orders was cancelled: the use was never given back, so it is not counted a second time."""
    with_accounts(cast)
    voucher(cast, "LAICHAU", None)
    first, second = (order.id for order in bought(cast, "LAICHAU", method=Method.BANK_QR, tea=1, honey=1).orders)
    act(first, "cancel", by="system")
    with writing():
        assert services.resume(db.session.get_one(Order, first))
    assert (uses("LAICHAU"), states("LAICHAU"), shares()) == (1, ["taken"], ["taken", "taken"])
    for key in (first, second):
        act(key, "cancel", by="system")
    assert (uses("LAICHAU"), states("LAICHAU")) == (0, ["given_back"])
    with writing():
        assert services.resume(db.session.get_one(Order, second))
    assert (uses("LAICHAU"), states("LAICHAU"), shares()) == (1, ["taken"], ["given_back", "taken"])
    assert db.session.query(Redemption).one().given_back_at is None
    assert violations() == []


def test_an_order_without_a_voucher_has_none(cast):
    voucher(cast)
    plain, _with = bought(cast, tea=1), bought(cast, "TET2027", phone=OTHER, tea=1)
    act(plain.orders[0].id, "cancel")
    assert (uses(), states(), shares()) == (1, ["taken"], ["taken"])


@pytest.mark.parametrize(
    ("spoil", "problem"),
    [
        (
            update(Voucher).where(Voucher.code == "TET2027").values(uses=2),
            "voucher TET2027: 2 uses counted, 1 redemptions stand",
        ),
        (update(VoucherPerson).values(uses=2), "2 uses of"),
        (delete(VoucherPerson), "0 uses of"),
        (update(Order).values(discount=9_999, total=Order.total + 1), "9999 đồng taken off, its vouchers make 10000"),
        (update(Redemption).values(amount=9_999), "9999 đồng, its shares make 10000"),
        (update(Redemption).values(state="given_back"), "its state is not that of its shares"),
        (update(RedemptionShare).values(state="given_back"), "its state is not that of its shares"),
        (update(RedemptionShare).values(state="forfeited"), "is placed, its share of a voucher is forfeited"),
    ],
)
def test_verify_names_what_does_not_fit(cast, spoil, problem):
    """A second voucher that fits stays unnamed."""
    voucher(cast, "MUA2027")
    voucher(cast)
    bought(cast, "TET2027")
    with writing():
        db.session.execute(spoil)
    named = violations()
    assert any(problem in one for one in named), named
    assert not [one for one in named if "MUA2027" in one]
