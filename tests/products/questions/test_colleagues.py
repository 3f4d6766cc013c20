"""Officers ask each other: the seller never reads it, nor does an officer of elsewhere."""

import pytest
from sqlalchemy import select

from cooperatives.models import MemberRole, Membership
from products.models import Product
from products.questions.models import Audience, Message, Talk
from shop.accounts.models import OfficerCommune
from shop.audit.models import AuditEntry
from shop.core import clock
from shop.core.db import db, writing
from shop.notices.models import Notice
from tests.cast import BINH_LU
from tests.products.review.sent import path_of, sent_goods

CANARY = "Mẻ này có phải miến pha không anh"


@pytest.fixture
def goods(cast):
    """Goods that wait, and a second officer of the commune."""
    with writing():
        db.session.add(OfficerCommune(user_id=cast.officer_elsewhere.id, commune_code=BINH_LU, valid_from=clock.now()))
        return sent_goods(cast).id


def the(key):
    return db.session.get_one(Product, key)


def ask(browser, key, text=CANARY, number=1):
    return browser.post(f"/review/products/{the(key).code}/{number}/talks", text=text)


def talk():
    return db.session.scalars(select(Talk)).one()


def told():
    rows = db.session.execute(select(Notice.user_id, Notice.url).where(Notice.kind == "talked"))
    return {row.user_id: row.url for row in rows}


def test_a_colleague_reads_and_answers(goods, browser, cast):
    browser.sign_in(cast.officer)
    assert ask(browser, goods).status_code == 302
    assert talk().audience is Audience.OFFICERS
    assert told() == {cast.officer_elsewhere.id: f"/review/talks/{talk().code}"}
    browser.sign_in(cast.officer_elsewhere)
    browser.get(path_of(the(goods)))
    assert browser.says("Unread")
    browser.get(f"/review/talks/{talk().code}")
    assert CANARY in browser.text
    assert browser.post(f"/review/talks/{talk().code}", text="Không, nhà này làm thật").status_code == 302
    assert told()[cast.officer.id] == f"/review/talks/{talk().code}"
    browser.get(path_of(the(goods)))
    assert not browser.says("Unread")
    assert [one.text for one in talk().messages] == [CANARY, "Không, nhà này làm thật"]
    assert {"colleagues_asked", "talked"} <= set(db.session.scalars(select(AuditEntry.action)))


def test_an_admin_reads_and_answers(goods, browser, cast):
    browser.sign_in(cast.officer)
    ask(browser, goods)
    browser.sign_in(cast.admin)
    assert browser.get(f"/review/talks/{talk().code}").status_code == 200
    assert browser.post(f"/review/talks/{talk().code}", text="Duyệt được").status_code == 302


@pytest.mark.parametrize(("who", "status"), [("member", 403), ("stranger", 403), ("buyer", 403)])
def test_no_seller_reads_it(goods, browser, cast, who, status):
    browser.sign_in(cast.officer)
    ask(browser, goods)
    browser.sign_in(cast.user(who))
    assert browser.get(f"/review/talks/{talk().code}").status_code == status
    assert browser.get(f"/my/talks/{talk().code}").status_code in {403, 404}
    if who == "member":
        for path in ("/desk", f"/my/products/{the(goods).code}/preview", "/notices"):
            browser.get(path)
            assert CANARY not in browser.text


def test_nor_does_an_officer_who_belongs_to_the_seller(goods, browser, cast):
    browser.sign_in(cast.officer)
    ask(browser, goods)
    with writing():
        db.session.add(
            Membership(
                cooperative_id=cast.ids["cooperative"], user_id=cast.ids["officer_elsewhere"], role=MemberRole.MEMBER
            )
        )
    browser.sign_in(cast.officer_elsewhere)
    assert browser.get(f"/review/talks/{talk().code}").status_code == 404
    browser.get(path_of(the(goods)))
    assert CANARY not in browser.text


def test_an_officer_of_elsewhere_finds_nothing(browser, cast):
    with writing():
        key = sent_goods(cast).id
    browser.sign_in(cast.officer)
    ask(browser, key)
    browser.sign_in(cast.officer_elsewhere)
    assert browser.get(f"/review/talks/{talk().code}").status_code == 404
    assert ask(browser, key).status_code == 404


@pytest.mark.parametrize("text", ["", "   ", "dài " * 300])
def test_no_words_or_too_many_are_nothing(goods, browser, cast, text):
    browser.sign_in(cast.officer)
    assert ask(browser, goods, text).status_code == 302
    assert db.session.scalars(select(Message)).all() == []


def test_a_number_that_was_never_sent(goods, browser, cast):
    browser.sign_in(cast.officer)
    ask(browser, goods, number=7)
    assert db.session.scalars(select(Talk)).all() == []
