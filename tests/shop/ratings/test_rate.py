"""Rating goods: once for each order, only what was delivered, never by who sells them."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from cooperatives.models import MemberRole, Membership
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.orders.models import Order, OrderEvent, Purchase
from shop.payments.changing import services as changing
from shop.ratings.models import Rating
from tests.shop.orders.buying import act, cart_with, place
from tests.shop.payments.changing.asking import accepted, ask, change_of, order_of
from tests.shop.ratings.bought import delivered, page_of, rated, rating_of, tally, violations

GOOD = {"stars": "4", "words": "Chè thơm, gói kỹ.", "shown_as": "name"}


@pytest.fixture
def order(cast):
    return delivered(cast)


def test_rated_from_the_page_of_the_purchase(browser, cast, order):
    key, path, token = order.id, page_of(order), order.purchase.token
    browser.get(f"/purchases/{token}")
    assert path in [link.get("href") for link in browser.all("main a")]
    browser.get(path)
    assert [node.get("value") for node in browser.all("input[name=stars]")] == ["5", "4", "3", "2", "1"]
    assert browser.post(path, follow=True, **GOOD).status_code == 200
    assert "Chè thơm, gói kỹ." in browser.text
    rating = rating_of(key)
    assert (rating.stars, rating.name, rating.province.short_name) == (4, "Anh", "Hà Nội")
    assert (tally(cast), violations()) == ([0, 0, 0, 1, 0], [])
    assert db.session.query(AuditEntry).filter_by(action="rated", subject_id=rating.id).one().facts["stars"] == 4
    browser.get(f"/purchases/{token}")
    assert browser.says("%(stars)s of 5 stars", stars=4)


@pytest.mark.parametrize(
    ("language", "name", "shown"),
    [
        ("vi", "Trần Minh Anh", "Anh"),
        ("en", "Mary Ann Smith", "Mary"),
        ("hi", "सुनीता देवी", "सुनीता"),
        ("vi", "0912000106", ""),
        ("vi", "Bé 2", ""),
        ("vi", "—", ""),
    ],
)
def test_only_a_given_name_is_ever_shown(browser, cast, language, name, shown):
    order = delivered(cast, name=name, language=language)
    key, path = order.id, page_of(order)
    browser.get(path)
    assert len(browser.all("input[name=shown_as]")) == (2 if shown else 1)
    browser.post(path, **GOOD | {"shown_as": "name" if shown else "nobody"})
    assert rating_of(key).name == shown


def test_a_name_may_stay_away(browser, cast, order):
    key, path = order.id, page_of(order)
    browser.post(path, follow=True, **GOOD | {"shown_as": "nobody"})
    assert rating_of(key).name == ""
    assert browser.says("A buyer, %(province)s", province="Hà Nội")
    assert "Anh" not in browser.one("article.rating").text_content()


def test_words_are_not_required(browser, cast, order):
    key, path = order.id, page_of(order)
    assert browser.post(path, stars="1", shown_as="name").status_code == 302
    assert (rating_of(key).words, tally(cast)) == ("", [1, 0, 0, 0, 0])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"stars": ""}, "Choose from 1 to 5 stars."),
        ({"stars": "0"}, "Choose from 1 to 5 stars."),
        ({"stars": "6"}, "Choose from 1 to 5 stars."),
        ({"stars": "năm"}, "Choose from 1 to 5 stars."),
        ({"shown_as": "Trần Minh Anh, số 12"}, "Choose the name that is shown."),
        ({"words": "Gọi tôi 0912 000 106 nhé"}, "Leave out phone numbers: everybody reads this."),
        ({"words": "zalo +84912000106"}, "Leave out phone numbers: everybody reads this."),
    ],
)
def test_wrong_input_is_said_beside_its_field(browser, cast, order, wrong, sentence):
    key, path = order.id, page_of(order)
    assert browser.post(path, **GOOD | wrong).status_code == 422
    assert browser.says(sentence)
    assert browser.one("textarea").text.strip() == (GOOD | wrong)["words"], "what was typed is kept"
    assert (rating_of(key), tally(cast)) == (None, [0] * 5)


def test_a_thousand_characters_and_not_one_more(browser, cast, order):
    key, path = order.id, page_of(order)
    assert browser.post(path, **GOOD | {"words": "ắ" * 1001}).status_code == 422
    assert rating_of(key) is None
    assert browser.post(path, **GOOD | {"words": "ắ" * 1000}).status_code == 302


@pytest.mark.parametrize("state", ["placed", "accepted", "packed", "handed_over", "refused", "cancelled"])
def test_only_what_was_delivered(browser, cast, state):
    order = delivered(cast, state=state)
    key, path, token = order.id, page_of(order), order.purchase.token
    browser.get(f"/purchases/{token}")
    assert path not in [link.get("href") for link in browser.all("a")]
    assert browser.get(path).status_code == 302
    assert browser.post(path, **GOOD).status_code == 409
    assert browser.says("You can rate these goods once the order has arrived.")
    assert rating_of(key) is None


def test_goods_that_were_left_out_are_not_rated(browser, cast):
    code = accepted(cast)
    change = ask(cast, code, 3, 0)
    with writing():
        changing.agree(change_of(change), None)
    for action in ("pack", "hand_over", "deliver"):
        act(order_of(code).id, action)
    order = order_of(code)
    came, out = (page_of(order, line.product_code) for line in order.lines)
    browser.get(f"/purchases/{order.purchase.token}")
    links = [link.get("href") for link in browser.all("main a")]
    assert came in links and out not in links
    assert browser.get(out).status_code == 302
    assert browser.post(out, **GOOD).status_code == 409
    assert browser.says("These goods were not sent, so they cannot be rated.")
    assert browser.post(came, **GOOD).status_code == 302
    assert db.session.query(Rating).one().line.name == order_of(code).lines[0].name


def test_for_180_days(browser, cast, order):
    key, path = order.id, page_of(order)
    with writing():
        db.session.query(OrderEvent).filter_by(action="deliver").one().at = clock.now() - timedelta(days=181)
    assert browser.get(path).status_code == 302
    assert browser.post(path, **GOOD).status_code == 409
    assert rating_of(key) is None


def test_the_same_press_twice_is_one_rating(browser, cast, order):
    path = page_of(order)
    assert [browser.post(path, **GOOD).status_code for _ in range(2)] == [302, 302]
    assert (db.session.query(Rating).count(), tally(cast)) == (1, [0, 0, 0, 1, 0])


def test_another_rating_of_the_same_line_is_refused_with_its_words_kept(browser, cast, order):
    path = page_of(order)
    browser.post(path, **GOOD)
    assert browser.post(path, **GOOD | {"stars": "1", "words": "Đổi ý"}).status_code == 409
    assert browser.one("textarea").text.strip() == "Đổi ý"
    assert (db.session.query(Rating).one().stars, violations()) == (4, [])


def test_the_database_knows_one_rating_of_a_line_too(cast):
    first = rated(cast)
    values = {name: getattr(first, name) for name in ("order_id", "line_id", "product_id", "cooperative_id")}
    again = Rating(**values, stars=1, language="vi", province_code="01")
    with pytest.raises(IntegrityError), writing():
        db.session.add(again)


@pytest.mark.parametrize("who", ["member", "second_member"])
def test_not_by_the_sellers_own_people(browser, cast, order, who):
    """By account, whoever's link it is, or by the phone the parcel went to."""
    key, path = order.id, page_of(order)
    browser.sign_in(cast.user(who))
    assert browser.post(path, **GOOD).status_code == 422
    browser.sign_out()
    with writing():
        db.session.get_one(Order, key).purchase.buyer_id = cast.ids[who]
    assert browser.post(path, **GOOD).status_code == 422
    with writing():
        purchase = db.session.get_one(Order, key).purchase
        purchase.buyer_id, purchase.phone = None, cast.user(who).phone
    assert browser.post(path, **GOOD).status_code == 422
    assert (rating_of(key), tally(cast)) == (None, [0] * 5)


def test_not_by_who_has_left_the_seller(browser, cast, order):
    key, path, now = order.id, page_of(order), clock.now()
    with writing():
        db.session.get_one(Order, key).purchase.buyer_id = cast.ids["buyer"]
        place_ = {"cooperative_id": cast.ids["cooperative"], "user_id": cast.ids["buyer"], "role": MemberRole.MEMBER}
        db.session.add(Membership(**place_, joined_at=now - timedelta(days=9), left_at=now - timedelta(days=1)))
    assert browser.post(path, **GOOD).status_code == 422


def test_another_seller_may_buy_and_rate(browser, cast, order):
    key, path = order.id, page_of(order)
    browser.sign_in(cast.stranger)
    assert browser.post(path, **GOOD).status_code == 302
    assert rating_of(key).stars == 4


def test_a_link_rates_its_own_goods_only(browser, cast, order):
    key, token, code = order.id, order.purchase.token, order.code
    other = delivered(cast, "honey")
    honey, theirs = other.lines[0].product_code, other.code
    for path in (
        f"/purchases/{token}/orders/{theirs}/ratings/{honey}",
        f"/purchases/{token}/orders/{code}/ratings/{honey}",
        f"/purchases/khong-co/orders/{code}/ratings/{honey}",
    ):
        assert (browser.get(path).status_code, browser.post(path, **GOOD).status_code) == (404, 404)
    assert rating_of(key) is None


def test_each_kind_of_goods_of_a_purchase_is_rated_by_itself(browser, cast):
    purchase = db.session.get_one(Purchase, place(*cart_with(cast, tea=1, honey=2)))
    paths = [page_of(order) for order in purchase.orders]
    with writing():
        for order in db.session.query(Order):
            order.state = "delivered"
            db.session.add(OrderEvent(order_id=order.id, action="deliver", state="delivered", by="cooperative"))
    for stars, path in zip(("2", "5"), paths, strict=True):
        assert browser.post(path, **GOOD | {"stars": stars}).status_code == 302
    assert (tally(cast), tally(cast, "honey")) == ([0, 1, 0, 0, 0], [0, 0, 0, 0, 1])
