"""Asking for a rating: once, three days after delivery, by mail, and never whoever objects."""

from datetime import timedelta

import pytest

from shop.core import clock
from shop.core.db import db, writing
from shop.core.outbox import OutgoingMail, OutgoingSms
from shop.notices.mail.letters import letter
from shop.notices.models import Notice
from shop.orders.models import Order
from shop.payments.changing import services as changing
from shop.ratings import services
from shop.ratings.invitations import queries as invitations
from shop.ratings.invitations import services as inviting
from shop.ratings.invitations.models import RatingInvitation, RatingSilence
from shop.ratings.invitations.tasks import invite_buyers
from shop.ratings.services import Told
from tests.shop.orders.buying import act
from tests.shop.payments.changing.asking import accepted, ask, change_of, order_of
from tests.shop.ratings.bought import delivered

MAIL = "anh@example.com"


def later(days):
    clock.set_for_tests(clock.now() + timedelta(days=days))


def asked():
    return [one for one in db.session.query(OutgoingMail) if one.event.startswith("rating_invitation:")]


def test_once_after_three_days(cast):
    order = delivered(cast, email=MAIL)
    token = order.purchase.token
    assert invite_buyers() == 0, "time to try it"
    later(3.1)
    assert [invite_buyers(), invite_buyers()] == [1, 0]
    (mail,) = asked()
    assert (mail.recipient, f"/purchases/{token}" in mail.body) == (MAIL, True)
    assert "Chè Shan tuyết Bình Lư" in mail.body


def test_only_what_was_sent_is_asked_about(cast):
    code = accepted(cast)
    change = ask(cast, code, 0)
    with writing():
        changing.agree(change_of(change), None)
        order_of(code).purchase.email = MAIL
    for action in ("pack", "hand_over", "deliver"):
        act(order_of(code).id, action)
    later(3.1)
    assert invite_buyers() == 1
    (mail,) = asked()
    assert "Cải" in mail.body and "Shan tuyết" not in mail.body


@pytest.mark.parametrize("state", ["placed", "handed_over", "refused", "cancelled"])
def test_only_what_was_delivered(cast, state):
    delivered(cast, state=state, email=MAIL)
    later(4)
    assert invite_buyers() == 0


def test_not_after_two_weeks(cast):
    delivered(cast, email=MAIL)
    later(15)
    assert (invite_buyers(), asked()) == (0, [])


def test_not_by_phone_alone(cast):
    """The number was given for the parcel."""
    delivered(cast)
    before = db.session.query(OutgoingSms).count()
    later(4)
    assert [invite_buyers(), invite_buyers()] == [0, 0]
    assert (asked(), db.session.query(OutgoingSms).count()) == ([], before)
    assert db.session.query(RatingInvitation).one().asked is False


def test_who_signed_in_reads_it_in_the_list(cast):
    key = delivered(cast).id
    with writing():
        db.session.get_one(Order, key).purchase.buyer_id = cast.ids["buyer"]
    later(4)
    assert (invite_buyers(), asked()) == (1, [])
    notice = db.session.query(Notice).filter_by(user_id=cast.ids["buyer"], kind="own_rating").one()
    assert notice.url.startswith("/purchases/")


def test_who_has_rated_is_not_asked(cast):
    key = delivered(cast, email=MAIL).id
    with writing():
        line = db.session.get_one(Order, key).lines[0]
        services.rate(line, Told(5, "", named=False, language="vi"), None)
    later(4)
    assert invite_buyers() == 0


def test_the_seller_is_not_asked_about_own_goods(cast):
    delivered(cast, email=MAIL, phone=cast.member.phone)
    later(4)
    assert (invite_buyers(), asked()) == (0, [])


def test_no_more_by_the_link_in_the_letter(browser, cast):
    delivered(cast, email=MAIL)
    later(4)
    invite_buyers()
    row = asked()[0]
    sent = letter({"event": row.event, "language": "vi", "subject": row.subject, "body": row.body, "facts": None})
    assert sent.unsubscribe in sent.text and "Đừng hỏi tôi nữa" in sent.html
    path = sent.unsubscribe.removeprefix(browser.origin)
    browser.get(path)
    assert browser.says("Some days after a delivery we ask once how it was. One tap ends that.")
    delivered(cast, "honey", email="khac@example.com")
    assert [browser.post(path).status_code for _ in range(2)] == [200, 200]
    delivered(cast, email=MAIL.upper())
    later(4)
    assert invite_buyers() == 1
    assert sorted(one.recipient for one in asked()) == [MAIL, "khac@example.com"]


@pytest.mark.parametrize("token", ["x", "LC00000000-0", "LC00000000-" + "0" * 32])
def test_a_forged_link_ends_nothing(browser, cast, token):
    path = f"/ratings/questions/{token}"
    assert (browser.get(path).status_code, browser.post(path).status_code) == (404, 404)


def test_one_rated_order_silences_no_other(cast):
    key = delivered(cast, email=MAIL).id
    with writing():
        line = db.session.get_one(Order, key).lines[0]
        services.rate(line, Told(5, "", named=False, language="vi"), None)
    delivered(cast, email=MAIL)
    later(4)
    assert invite_buyers() == 1
    assert invitations.due(10) == [], "who was asked takes no place of others"


def test_three_days_count_from_the_delivery(cast):
    key = delivered(cast, state="handed_over", email=MAIL).id
    later(4)
    act(key, "deliver")
    assert invite_buyers() == 0


def test_who_is_silent_is_not_asked_in_the_list_either(cast):
    key = delivered(cast, email=MAIL).id
    with writing():
        db.session.get_one(Order, key).purchase.buyer_id = cast.ids["buyer"]
    with writing():
        inviting.silence(db.session.get_one(Order, key))
    later(4)
    assert invite_buyers() == 0
    assert db.session.query(Notice).filter_by(kind="own_rating").count() == 0
    assert invitations.by_code(db.session.get_one(Order, key).code).id == key


def test_without_an_address_there_is_nothing_to_silence(cast):
    first, key = delivered(cast).code, delivered(cast).id
    with writing():
        inviting.silence(db.session.get_one(Order, key))
    assert db.session.query(RatingSilence).count() == 0
    for code in (first, db.session.get_one(Order, key).code):
        assert invitations.by_code(code).code == code
