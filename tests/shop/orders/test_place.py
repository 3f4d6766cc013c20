"""From a cart to a purchase: what is frozen, held and told; once."""

import pytest
from sqlalchemy import select

from cooperatives.lifecycle import CooperativeState
from products.lifecycle import Shelf
from products.stock.services import SoldOut, count, set_price
from shop.audit.models import AuditEntry
from shop.cart import queries as carts
from shop.cart.models import Cart
from shop.core.codes import order_code_is_valid
from shop.core.db import db, writing
from shop.core.errors import Conflict, DomainError
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.notices.models import Notice
from shop.orders import placing, services
from shop.orders.models import Method, Order, Purchase
from tests.shop.orders.buying import cart_with, details, holds, ordered, place, violations


def test_one_order_per_cooperative_with_everything_frozen(cast):
    purchase = ordered(cast, tea=2, honey=1)
    tea, honey = purchase.orders
    assert [order.seller_name for order in purchase.orders] == ["Hợp tác xã Chè Bình Lư", "Hộ Tẩn Lở Mẩy"]
    assert all(order_code_is_valid(order.code) for order in purchase.orders)
    assert tea.code != honey.code
    line = tea.lines[0]
    assert (line.name, line.price, line.quantity, line.total) == ("Chè Shan tuyết Bình Lư", 120_000, 2, 240_000)
    assert (line.pack_word, line.pack_amount, line.base_unit) == ("goi", 200, "g")
    assert (tea.ship_method, tea.delivery_cost) == ("post", 24_000)
    assert purchase.total == tea.total + honey.total == 240_000 + 24_000 + 250_000 + 28_000
    assert tea.placed_at < tea.ship_by <= tea.arrives_from <= tea.arrives_to
    assert violations() == []


def test_a_later_price_or_name_changes_nothing(cast):
    purchase = ordered(cast)
    with writing():
        set_price(cast.sku(), 999_000, 120_000, cast.member, "changed")
        cast.product().approved.text("vi").name = "Tên khác"
    line = purchase.orders[0].lines[0]
    assert (line.price, line.name) == (120_000, "Chè Shan tuyết Bình Lư")


def test_the_goods_are_held_and_the_cart_is_empty(cast):
    key, attempt = cart_with(cast, tea=2, honey=1)
    place(key, attempt)
    assert (cast.sku().held, cast.sku("honey").held) == (2, 1)
    assert [len(list(holds(order.code))) for order in db.session.scalars(select(Order))] == [1, 1]
    cart = db.session.get_one(Cart, key)
    assert carts.count(cart) == 0
    assert cart.attempt != attempt


def test_both_sides_are_told_in_their_language(cast):
    with writing():
        cast.second_member.language = "en"
    order = ordered(cast).orders[0]
    told = list(db.session.scalars(select(Notice).order_by(Notice.user_id)))
    assert [(one.user_id, one.kind, one.url) for one in told] == [
        (cast.member.id, "order_placed", f"/my/orders/{order.code}"),
        (cast.second_member.id, "order_placed", f"/my/orders/{order.code}"),
    ]
    sms = db.session.scalars(select(OutgoingSms).where(OutgoingSms.recipient == "+84912000106")).one()
    assert order.purchase.token in sms.body
    assert "264.000" in sms.body


def test_a_buyer_with_an_address_gets_a_mail_instead(cast):
    purchase = db.session.get_one(Purchase, place(*cart_with(cast, tea=1), email="anh@example.com", language="en"))
    mail = db.session.scalars(select(OutgoingMail)).one()
    assert (mail.recipient, mail.language) == ("anh@example.com", "en")
    assert purchase.token in mail.body
    assert not list(db.session.scalars(select(OutgoingSms).where(OutgoingSms.recipient == purchase.phone)))


def test_every_order_is_audited_without_personal_data(cast):
    purchase = ordered(cast, tea=1, honey=1)
    entries = list(db.session.scalars(select(AuditEntry).where(AuditEntry.subject_kind == "orders")))
    assert {entry.subject_id for entry in entries} == {order.id for order in purchase.orders}
    assert all("Anh" not in str(entry.facts) and "84912" not in str(entry.facts) for entry in entries)


def test_the_same_submit_twice_is_one_purchase(cast):
    key, attempt = cart_with(cast, tea=2)
    assert place(key, attempt) == place(key, attempt)
    assert cast.sku().held == 2
    assert violations() == []


@pytest.mark.parametrize("other", [{"line": "Số 99"}, {"method": Method.CARD}, {"phone": "+84912000999"}])
def test_the_same_key_with_another_wish_is_refused(cast, other):
    key, attempt = cart_with(cast, tea=2)
    place(key, attempt)
    with pytest.raises(Conflict):
        place(key, attempt, **other)
    assert db.session.query(Purchase).count() == 1


def test_an_old_page_is_refused(cast):
    key, attempt = cart_with(cast, tea=2)
    with pytest.raises(Conflict):
        place(key, "another key")
    place(key, attempt)
    with pytest.raises(Conflict):
        place(key, "another key")


def test_an_empty_cart(cast):
    with pytest.raises(DomainError):
        place(*cart_with(cast))


def test_a_changed_price_is_never_charged_silently(cast):
    key, attempt = cart_with(cast, tea=2, honey=1)
    with writing():
        set_price(cast.sku(), 130_000, 120_000, cast.member, "changed")
    with pytest.raises(placing.PriceChanged) as refused:
        place(key, attempt)
    assert [(line.price_seen, line.price) for line in refused.value.lines] == [(120_000, 130_000)]
    assert db.session.query(Purchase).count() == 0
    assert (cast.sku().held, cast.sku("honey").held) == (0, 0)
    assert carts.count(db.session.get_one(Cart, key)) == 3


def test_sold_out_in_the_middle_names_the_line_and_keeps_the_cart(cast):
    key, attempt = cart_with(cast, tea=2, honey=3)
    with writing():
        count(cast.sku("honey"), 2, 5, cast.stranger)
    with pytest.raises(SoldOut) as refused:
        place(key, attempt)
    assert refused.value.sku_ids == [cast.sku("honey").id]
    assert cast.sku().held == 0
    assert carts.count(db.session.get_one(Cart, key)) == 5


def test_the_hold_decides_not_the_reading(cast, monkeypatch):
    """Somebody is quicker between the reading of the cart and the hold: the guarded UPDATE says no."""
    key, attempt = cart_with(cast, tea=2, honey=1)
    sku_id = cast.sku("honey").id
    pass_on = placing.refuse_problems

    def rival(view):
        pass_on(view)
        with db.session.no_autoflush:
            db.session.connection().exec_driver_sql(f"UPDATE skus SET held = on_hand WHERE id = {sku_id}")

    monkeypatch.setattr(placing, "refuse_problems", rival)
    with pytest.raises(SoldOut) as refused:
        place(key, attempt)
    assert refused.value.sku_ids == [sku_id]
    assert cast.sku().held == 0
    assert db.session.query(Purchase).count() == 0


@pytest.mark.parametrize("how", ["paused", "suspended", "alcohol"])
def test_goods_that_may_not_be_ordered(cast, how):
    key, attempt = cart_with(cast, tea=2, honey=1)
    with writing():
        if how == "paused":
            cast.product().shelf = Shelf.PAUSED
        elif how == "suspended":
            cast.cooperative().state = CooperativeState.SUSPENDED
        else:
            cast.product().approved.ship_class = "live"
    with pytest.raises(placing.NotForSale) as refused:
        place(key, attempt)
    assert [line.name for line in refused.value.lines] == ["Chè Shan tuyết Bình Lư"]


def test_goods_that_cannot_travel_so_far(cast):
    key, attempt = cart_with(cast, tea=2)
    with writing():
        cast.product().approved.ship_class = "chilled"
    with pytest.raises(Conflict, match="Chè Bình Lư"):
        place(key, attempt, province_code="79", commune_code="25747")


def test_too_much_cash_at_the_door(cast):
    key, attempt = cart_with(cast, tea=10)
    with writing():
        set_price(cast.sku(), 600_000, 120_000, cast.member, "changed")
        db.session.get_one(Cart, key).lines[0].price_seen = 600_000
    with pytest.raises(DomainError, match="Chè Bình Lư"):
        place(key, attempt)
    place(key, attempt, Method.CARD)


def test_a_method_nobody_offers(cast):
    with pytest.raises(DomainError):
        place(*cart_with(cast, tea=1), Method.BANK_QR)


def test_the_way_a_buyer_chose(cast):
    key, attempt = cart_with(cast, tea=1)
    code = cast.cooperative().code
    purchase = db.session.get_one(Purchase, place(key, attempt, ways={code: "bus"}))
    assert (purchase.orders[0].ship_method, purchase.orders[0].delivery_cost) == ("bus", 50_000)


def test_what_was_seen_must_still_be_true(cast):
    key, attempt = cart_with(cast, tea=2)
    view = carts.view(db.session.get_one(Cart, key), "vi", "01", "00004")
    seen = placing.fingerprint(view, details())
    with pytest.raises(Conflict):
        place(key, attempt, seen=placing.fingerprint(view, details(line="Số 99")))
    with writing():
        cart = db.session.get_one(Cart, key)
        cart.lines[0].quantity = 3
    with pytest.raises(Conflict):
        place(key, attempt, seen=seen)
    with writing():
        db.session.get_one(Cart, key).lines[0].quantity = 2
    first = place(key, attempt, seen=seen)
    assert place(key, attempt, seen=seen) == first
    assert services.placed_before(attempt, Method.CASH, seen).id == first
    assert services.placed_before("no such key", Method.CASH, seen) is None


def test_a_card_purchase_waits_for_its_money(cast):
    order = ordered(cast, Method.CARD).orders[0]
    assert order.awaiting_payment
    assert all(hold.expires_at is not None for hold in holds(order.code))
    assert not list(db.session.scalars(select(Notice)))
